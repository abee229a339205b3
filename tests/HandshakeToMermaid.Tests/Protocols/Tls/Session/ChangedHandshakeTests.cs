using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Session;

/// <summary>One bit of a handshake is changed: what covers it must no longer be proved.</summary>
public sealed class ChangedHandshakeTests
{
    /// <summary>Of each kind one: both signatures of both versions, and nothing but Finished where a session is resumed.</summary>
    public static TheoryData<string> Samples =>
    [
        "tls13-success", "mutual-tls13", "hello-retry-request", "resumption-tls13", "tls13-chacha20", "http2",
    ];

    public static TheoryData<string> Captures =>
    [
        "tls10-mtls-dsa-keyed.pcap", "tls11-anon-ecdh-keyed.pcap", "tls12-ecdhe-keyed.pcap", "tls12-etm-keyed.pcapng", "tls13-mtls-rsa-keyed.pcap",
        "tls13-0rtt-rfc8446-keyed.pcap", "tls13-keyupdate-keyed.pcap", "tls12-rc4-suites-6streams-keyed.pcapng",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_flipped_bit_in_any_message_of_a_sample_is_noticed(string name)
    {
        var keyLog = Checkout.PathOf("samples", name, "keys.log");
        var options = Reading.WithSecrets(File.Exists(keyLog) ? File.ReadAllBytes(keyLog) : []);
        var capture = Directory.EnumerateFiles(Checkout.PathOf("samples", name), "capture.pcap*").First();
        Check(Reading.Of(capture, options).Select(c => c.Connection.FactsOf<TlsFacts>()).OfType<TlsFacts>(), options.Secrets);
    }

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void A_flipped_bit_in_any_message_of_a_capture_is_noticed(string name)
    {
        var options = Reading.WithSecrets(File.ReadAllBytes(Checkout.Shared("captures", "keys", $"{name}.keys")));
        Check(Reading.Of(Checkout.Shared("captures", "captures", name), options).Select(c => c.Connection.FactsOf<TlsFacts>()).OfType<TlsFacts>().Where(f => f.IsDecrypted), options.Secrets);
    }

    [SkippableTheory]
    [InlineData("tls10-ocsp-stapling.pcap")]
    [InlineData("tls12-mtls.pcap")]
    public void A_signature_in_the_clear_part_is_checked_without_any_secret(string name)
    {
        var facts = Reading.Of(Checkout.Shared("captures", "captures", name)).Select(c => c.Connection.FactsOf<TlsFacts>()).OfType<TlsFacts>().First(f => f.Verifications.Count > 0);
        Assert.All(facts.Verifications, p => Assert.Equal(VerificationVerdict.Valid, p.Verdict));
        foreach (var step in facts.Messages.Where(m => m.Message is ServerKeyExchange or CertificateVerify or CertificateStatus))
        {
            var verification = Verifications(facts, new SecretStore(), step, step.Bytes.Length - 1);
            Assert.Contains(verification, p => p.Verdict == VerificationVerdict.Invalid);
        }
    }

    [Fact]
    public void A_staple_is_valid_only_while_it_is_in_force()
    {
        var facts = Reading.OfSample("ocsp-staple")[0].Connection.FactsOf<TlsFacts>()!;
        Assert.Contains(facts.Verifications, p => p is { What: VerificationSubject.OcspResponse, Verdict: VerificationVerdict.Valid });
        var chain = facts.ServerCertificates.Select(e => e.Certificate).ToList();
        var step = facts.Messages.First(m => m.Message is CertificateStatus);
        var staple = ((CertificateStatus)step.Message).Response!;
        var answer = staple.Responses[0];
        var day = HandshakeToMermaid.Capture.Duration.FromSeconds(86_400);
        Assert.Equal(VerificationVerdict.Valid, OcspVerifier.Verify(staple, chain, answer.ThisUpdate!.Value).Verdict);
        Assert.Contains("not yet valid", OcspVerifier.Verify(staple, chain, new(answer.ThisUpdate!.Value.Nanoseconds - day.Nanoseconds)).Why, StringComparison.Ordinal);
        Assert.Contains("has expired", OcspVerifier.Verify(staple, chain, answer.NextUpdate!.Value + day).Why, StringComparison.Ordinal);
        Assert.Contains("another certificate", OcspVerifier.Verify(staple, [chain[^1]], answer.ThisUpdate!.Value).Why, StringComparison.Ordinal);
        Assert.NotEqual(VerificationVerdict.Valid, OcspVerifier.Verify(staple, [chain[0]], answer.ThisUpdate!.Value).Verdict);
    }

    private static void Check(IEnumerable<TlsFacts> found, SecretStore secrets)
    {
        var any = false;
        foreach (var facts in found)
        {
            any = true;
            Assert.DoesNotContain(Verifications(facts, secrets, null, 0), p => p.Verdict == VerificationVerdict.Invalid);
            var last = facts.Messages.ToList().FindLastIndex(m => m.Message is Finished);
            for (var i = 0; i <= last; i++)
            {
                // After the first Finished come tickets, which no transcript of TLS 1.3 covers.
                var step = facts.Messages[i];
                if (step.Message is NewSessionTicket or KeyUpdate or EmptyMessage { Type.Code: 0 }) continue;
                var where = step.Message switch
                {
                    // Behind the header: a hello's random, a certificate's middle, a signature's last byte, verify_data.
                    ClientHello or ServerHello => 4 + 2 + 20,
                    CertificateMessage => step.Bytes.Length / 2,
                    _ => step.Bytes.Length - 1,
                };
                if (where < 4) continue;
                var verifications = Verifications(facts, secrets, step, where);
                Assert.True(verifications.Any(p => p.Verdict == VerificationVerdict.Invalid) || step.Message is ClientHello, $"message {i}, {step.Title}: {string.Join("; ", verifications)}");
                var signature = step.Message switch { CertificateVerify => VerificationSubject.CertificateVerify, ServerKeyExchange { Signature.Length: > 0 } => VerificationSubject.ServerKeyExchange, _ => VerificationSubject.Finished };
                if (step.Message is not (CertificateVerify or ServerKeyExchange { Signature.Length: > 0 } or Finished)) continue;
                Assert.Contains(verifications, p => p.What == signature && (p.Verdict == VerificationVerdict.Invalid || p.Why?.EndsWith("is not offered by this platform", StringComparison.Ordinal) == true));
            }
        }

        Assert.True(any);
    }

    /// <summary>The proofs of a conversation that is the same but for one bit.</summary>
    private static IReadOnlyList<VerificationItem> Verifications(TlsFacts facts, SecretStore secrets, TlsMessageStep? changed, int where)
    {
        var session = new TlsSession(AnalyzerLimits.Default);
        foreach (var step in facts.Messages)
        {
            var bytes = step.Bytes.ToArray();
            if (ReferenceEquals(step, changed)) bytes[where] ^= 1;
            session.Message(step.From, new RawMessage(step.Message.Type, bytes, step.First, step.Last), step.Provenance, facts.Version!.Value);
        }

        return new HandshakeVerifier(session.Messages, secrets, isIncomplete: false).All;
    }
}
