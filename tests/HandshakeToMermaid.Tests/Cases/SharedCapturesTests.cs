using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Captures of other projects, beside this repository, with an independent reader's view of each.</summary>
public sealed class SharedCapturesTests
{
    /// <summary>Where we differ from the oracle, and why we stay with what we see.</summary>
    private static readonly Dictionary<string, string> KnownDeviations = new()
    {
        ["snaplen-cut-tls-quic.pcap tls:12 messages"] = "packets cut by the snap length: the oracle itself calls what follows guesswork; we resume at the next certain record header",
        ["snaplen-cut-tls-quic.pcap tls:17 messages"] = "as tls:12",
        ["snaplen-cut-tls-quic.pcap tls:22 messages"] = "as tls:12",
        ["dtls13-keyed.pcap dtls:0 alerts"] = "the key log writes SERVER_TRAFFIC_SECRET without _0, which the oracle does not take: frame 11 opens as close_notify",
    };

    public static TheoryData<string> WithoutKeys
    {
        get
        {
            var folder = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures", "captures"));
            if (!Directory.Exists(folder)) return ["(absent)"];
            return [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!)
                .Where(n => !n.Contains("keyed", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(WithoutKeys))]
    public void What_is_in_the_clear_is_seen_as_an_independent_reader_sees_it(string name)
    {
        var found = Reading.Of(Checkout.Shared("captures", "captures", name));
        var deviations = Oracle.Deviations(found, Checkout.Shared("captures", "oracle", $"{name}.ndjson"));
        Assert.DoesNotContain(deviations, d => !IsKnown(name, d));
    }

    private static bool IsKnown(string name, string deviation) => KnownDeviations.ContainsKey($"{name} {deviation.Split(':')[0]}:{deviation.Split(':')[1]}");

    /// <summary>Checks that this platform cannot make, and every one that was not made names why.</summary>
    private static readonly string[] NotOffered = ["Ed25519 is not supported by this platform", "ML-DSA-65 is not supported by this platform", "signature scheme 0xFEA0 is not supported by this platform"];

    public static TheoryData<string> WithKeys
    {
        get
        {
            var folder = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures", "keys"));
            if (!Directory.Exists(folder)) return ["(absent)"];
            return [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(WithKeys))]
    public void What_is_opened_is_seen_as_an_independent_reader_sees_it(string name)
        => Assert.DoesNotContain(Oracle.Deviations(Opened(name), Checkout.Shared("captures", "oracle", $"{name}.ndjson")), d => !IsKnown(name, d));

    /// <summary>Each record's authentication tag covers all its bytes, and the signature and both Finished cover those of the handshake put together.</summary>
    [SkippableFact]
    public void Every_byte_of_the_DTLS_13_capture_is_as_it_was_sent()
    {
        var connection = Assert.Single(Opened("dtls13-keyed.pcap")).Connection;
        Assert.Empty(connection.Unparsed);
        Assert.All(connection.Steps.Where(s => s.Provenance != Provenance.Clear), s => Assert.Equal(Provenance.Decrypted, s.Provenance));
        Assert.Equal(["Valid", "Valid", "Valid"], connection.FactsOf<TlsFacts>()!.Verifications.Select(v => v.Verdict.ToString()));
    }

    [SkippableTheory]
    [MemberData(nameof(WithKeys))]
    public void Every_proof_of_an_opened_handshake_is_valid(string name)
    {
        var verifications = Opened(name).Select(c => c.Connection.FactsOf<TlsFacts>()).OfType<TlsFacts>().SelectMany(f => f.Verifications).ToList();
        Assert.NotEmpty(verifications);
        foreach (var verification in verifications)
        {
            if (verification.Verdict == VerificationVerdict.NotChecked) Assert.Contains(verification.Why, NotOffered);
            else Assert.Equal((VerificationVerdict.Valid, null), (verification.Verdict, verification.Why));
        }
    }

    [SkippableTheory]
    [InlineData("tls12-ecdhe-keyed--dsb.pcapng")]
    [InlineData("tls13-mtls-rsa-keyed--dsb.pcapng")]
    public void Secrets_inside_a_capture_are_used_without_asking(string name)
    {
        var found = Reading.Of(Checkout.Shared("captures", "derived", name));
        Assert.Empty(Oracle.Deviations(found, Checkout.Shared("captures", "derived", "oracle", $"{name}.ndjson")));
        Assert.All(found, c => Assert.True(c.Connection.FactsOf<TlsFacts>()!.IsDecrypted));
    }

    private static List<DiagnosedConnection> Opened(string name)
        => Reading.Of(Checkout.Shared("captures", "captures", name), Reading.WithSecrets(File.ReadAllBytes(Checkout.Shared("captures", "keys", $"{name}.keys"))));
}
