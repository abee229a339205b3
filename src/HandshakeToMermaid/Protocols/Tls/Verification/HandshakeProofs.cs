// What the handshake's own messages prove, RFC 8446 section 4.4, RFC 5246 sections 7.4.3, 7.4.8 and 7.4.9, RFC 6960 section 3.2.
using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// Checks the signatures, Finished messages and OCSP responses of a connection. Nothing is worked out before somebody asks:
/// a signature costs as much as reading a thousand packets.
/// </summary>
internal sealed class HandshakeProofs
{
    private readonly IReadOnlyList<TlsMessageStep> messages;
    private readonly SecretStore secrets;
    private readonly bool isIncomplete;
    private readonly List<(TlsMessageStep Step, Proof Proof)> proofs = [];
    private readonly IReadOnlyList<CertificateEntry>[] chains = [[], []];
    private Direction client;
    private bool isChecked;
    private bool isDtls;

    /// <summary>Prepares the checks.</summary>
    /// <param name="messages">All handshake messages, in the order of the wire.</param>
    /// <param name="secrets">The secrets; without any, signatures of the clear part are checked all the same.</param>
    /// <param name="isIncomplete">True where messages may be missing: then what does not fit proves nothing.</param>
    public HandshakeProofs(IReadOnlyList<TlsMessageStep> messages, SecretStore secrets, bool isIncomplete)
    {
        this.messages = messages;
        this.secrets = secrets;
        this.isIncomplete = isIncomplete;
    }

    /// <summary>All proofs, in the order in which what they are about was sent.</summary>
    public IReadOnlyList<Proof> All
    {
        get
        {
            Check();
            return [.. proofs.Select(p => p.Proof)];
        }
    }

    /// <summary>What a diagram says about a message's proof.</summary>
    public IEnumerable<StepFact> FactsOf(TlsMessageStep step)
    {
        Check();
        foreach (var (about, proof) in proofs)
        {
            if (!ReferenceEquals(about, step)) continue;
            var what = proof.What switch
            {
                ProofSubject.Finished => "handshake",
                ProofSubject.OcspResponse => "OCSP response",
                _ => "signature",
            };
            yield return proof.Verdict switch
            {
                ProofVerdict.Invalid => new StepFact(Detail.Brief, "", $"{what} invalid"),
                ProofVerdict.NotChecked => new StepFact(Detail.Full, "", $"{what} not checked: {proof.Why}"),
                // Every proper handshake ends with two of them: said only where everything is.
                _ when proof.What == ProofSubject.Finished => new StepFact(Detail.Full, "", "handshake proved"),
                _ when proof.What == ProofSubject.OcspResponse && step.Message is not Codec.Messages.CertificateStatus => new StepFact(Detail.Normal, "", "OCSP response proved"),
                _ => new StepFact(Detail.Normal, "", "proved"),
            };
            if (proof.Verdict == ProofVerdict.Invalid) yield return new StepFact(Detail.Full, "", proof.Why!);
        }
    }

    private void Check()
    {
        if (isChecked) return;
        isChecked = true;
        if (messages.FirstOrDefault(m => m.Message is ServerHello { IsHelloRetryRequest: false }) is not { Message: ServerHello hello } answer) return;
        client = answer.From.Opposite();
        isDtls = hello.Version.IsDtls;
        if (hello.Version.IsTls13) CheckTls13(hello);
        else CheckTls12();
    }

    private void CheckTls13(ServerHello hello)
    {
        if (hello.CipherSuite is not { } suite || CipherParameters.Of((ushort)suite.Code) is not { } parameters) return;
        var hash = parameters.Hash;
        var main = new TranscriptHash(TranscriptCap);
        var random = Hellos(main, hash);

        // Each side's flight by itself: captures of both directions may be a little out of step.
        var server = client.Opposite();
        var at = messages.ToList().FindIndex(m => m.Message is ServerHello { IsHelloRetryRequest: false });
        var serverFlight = FlightOf(server, at + 1);
        var clientFlight = FlightOf(client, at + 1);
        Flight13(serverFlight, main, hash, random, SecretLabel.ServerHandshakeTraffic, 0);
        if (serverFlight is not [.., { Message: Finished }] || LacksEndOfEarlyData(serverFlight, clientFlight)) main.Lose();
        Flight13(clientFlight, main, hash, random, SecretLabel.ClientHandshakeTraffic, 0);
        AfterHandshake(main, hash, random, [.. serverFlight, .. clientFlight], at);
    }

    /// <summary>True where early data was accepted and its end stayed closed; QUIC and DTLS have no such message (RFC 9001 section 8.3, RFC 9147 section 5.6).</summary>
    private bool LacksEndOfEarlyData(List<TlsMessageStep> server, List<TlsMessageStep> client)
    {
        if (isDtls || !server.Exists(m => m.Message is EncryptedExtensions said && said.Extensions.Has(ExtensionType.EarlyData))) return false;
        if (messages.Any(m => m.Message is ClientHello hello && hello.Extensions.Has(ExtensionType.QuicTransportParameters))) return false;
        return !client.Exists(m => m.Message.Type == HandshakeType.EndOfEarlyData);
    }

    /// <summary>Adds the hellos to a transcript; the client's random, or nothing where the transcript has no beginning.</summary>
    private ReadOnlyMemory<byte> Hellos(TranscriptHash transcript, HashAlgorithmName hash)
    {
        ReadOnlyMemory<byte> random = default;
        foreach (var step in messages)
        {
            if (step.Message is ClientHello hello)
            {
                random = hello.SessionRandom;
                transcript.Append(step.Hashed.Span);
            }

            if (step.Message is not ServerHello answer) continue;
            if (random.IsEmpty) transcript.Lose();
            if (answer.IsHelloRetryRequest) transcript.ReplaceByMessageHash(hash);
            transcript.Append(step.Hashed.Span);
            if (!answer.IsHelloRetryRequest) break;
        }

        return random;
    }

    /// <summary>What a side of TLS 1.3 sent behind the ServerHello, up to its Finished.</summary>
    private List<TlsMessageStep> FlightOf(Direction from, int start)
    {
        var flight = new List<TlsMessageStep>();
        for (var i = start; i < messages.Count; i++)
        {
            if (messages[i].From != from) continue;
            flight.Add(messages[i]);
            if (messages[i].Message is Finished) return flight;
        }

        // Without its end it is no flight; its proofs are made all the same, up to where it was read.
        return flight;
    }

    private void Flight13(List<TlsMessageStep> flight, TranscriptHash transcript, HashAlgorithmName hash, ReadOnlyMemory<byte> random, SecretLabel label, int updates)
    {
        foreach (var step in flight)
        {
            var side = SideOf(step);
            switch (step.Message)
            {
                case CertificateMessage chain:
                    chains[(int)step.From] = chain.Entries;
                    Staple(step, chain.Entries);
                    break;
                case CompressedCertificate packed:
                    chains[(int)step.From] = packed.Certificate?.Entries ?? [];
                    Staple(step, chains[(int)step.From]);
                    break;
                case CertificateVerify { Scheme: { } scheme } verify:
                    if (!transcript.IsWhole) Add(step, ProofSubject.CertificateVerify, MessagesMissing);
                    else if (LeafOf(step.From) is { } leaf)
                    {
                        var content = SignedContent.CertificateVerifyTls13(side, transcript.Hash(hash));
                        Add(step, ProofSubject.CertificateVerify, SignatureVerifier.VerifyTls13(scheme.Code, KeyOf(leaf), content, verify.Signature.Span));
                    }
                    else Add(step, ProofSubject.CertificateVerify, NoCertificate);
                    break;
                case Finished finished:
                    Add(step, ProofSubject.Finished, Finished13(finished, transcript, hash, secrets.Candidates(random.Span, label), updates));
                    break;
                default:
                    break;
            }

            transcript.Append(step.Hashed.Span);
        }
    }

    private VerificationResult Finished13(Finished finished, TranscriptHash transcript, HashAlgorithmName hash, IReadOnlyList<Secret> candidates, int updates)
    {
        if (!transcript.IsWhole) return MessagesMissing;
        if (candidates.Count == 0) return NoSecret;
        var digest = transcript.Hash(hash);
        foreach (var candidate in candidates)
        {
            var secret = candidate;
            for (var i = 0; i < updates; i++) secret = HkdfLabel.NextTrafficSecret(hash, secret, LabelPrefix);
            if (secret.Length == Hashing.Length(hash) && VerifyData.Tls13(hash, secret, digest, LabelPrefix).AsSpan().SequenceEqual(finished.VerifyData.Span)) return VerificationResult.Valid;
        }

        return DoesNotFit;
    }

    /// <summary>Client authentication after the handshake (RFC 8446 section 4.6.2): its transcript goes on from the client's Finished with the request.</summary>
    private void AfterHandshake(TranscriptHash main, HashAlgorithmName hash, ReadOnlyMemory<byte> random, List<TlsMessageStep> handshake, int helloAt)
    {
        var done = new HashSet<TlsMessageStep>(handshake);
        var requests = new List<TlsMessageStep>();
        var flight = new List<TlsMessageStep>();
        var updates = 0;
        for (var i = helloAt + 1; i < messages.Count; i++)
        {
            var step = messages[i];
            if (done.Contains(step)) continue;
            if (step.Message is CertificateRequest) requests.Add(step);
            if (step.From != client) continue;
            if (step.Message is KeyUpdate) updates++;
            if (step.Message is not (CertificateMessage or CompressedCertificate or CertificateVerify or Finished)) continue;
            flight.Add(step);
            if (step.Message is not Finished) continue;
            var context = flight[0].Message switch
            {
                CertificateMessage chain => chain.RequestContext,
                CompressedCertificate { Certificate: { } chain } => chain.RequestContext,
                _ => default,
            };
            var transcript = new TranscriptHash(TranscriptCap);
            transcript.Append(main.Messages);
            if (!main.IsWhole) transcript.Lose();
            var request = requests.Find(r => ((CertificateRequest)r.Message).RequestContext.Span.SequenceEqual(context.Span));
            if (request is null) transcript.Lose();
            else transcript.Append(request.Hashed.Span);
            Flight13(flight, transcript, hash, random, SecretLabel.ClientTraffic, updates);
            flight = [];
        }
    }

    private void CheckTls12()
    {
        var transcript = new TranscriptHash(TranscriptCap);
        ReadOnlyMemory<byte> asked = default;
        ServerHello? hello = null;
        transcript.Lose();
        foreach (var step in messages)
        {
            switch (step.Message)
            {
                case EmptyMessage { Type.Code: 0 } or HelloVerifyRequest:
                    // Neither is part of a transcript (RFC 5246 section 7.4.1.1, RFC 6347 section 4.2.6).
                    continue;
                case ClientHello again:
                    transcript.Reset();
                    asked = again.SessionRandom;
                    hello = null;
                    break;
                case ServerHello answer:
                    hello = answer;
                    break;
                case CertificateMessage chain:
                    chains[(int)step.From] = chain.Entries;
                    break;
                case Codec.Messages.CertificateStatus { OcspResponse.Length: > 0 } status:
                    Add(step, ProofSubject.OcspResponse, OcspVerifier.Verify(status.OcspResponse, [.. chains[(int)step.From].Select(e => e.Certificate)], step.Last.Time));
                    break;
                case ServerKeyExchange { Signature.Length: > 0 } exchange:
                    Add(step, ProofSubject.ServerKeyExchange, Exchange(step, exchange, asked, hello));
                    break;
                case CertificateVerify verify when hello is not null:
                    Add(step, ProofSubject.CertificateVerify, Verify12(step, verify, transcript, asked, hello.Version));
                    break;
                case Finished finished when hello is not null:
                    Add(step, ProofSubject.Finished, Finished12(step, finished, transcript, asked, hello));
                    break;
                default:
                    break;
            }

            transcript.Append(step.Hashed.Span);
        }
    }

    private VerificationResult Exchange(TlsMessageStep step, ServerKeyExchange exchange, ReadOnlyMemory<byte> asked, ServerHello? hello)
    {
        if (asked.Length != 32 || hello is null) return MessagesMissing;
        if (LeafOf(step.From) is not { } leaf) return NoCertificate;
        var content = SignedContent.ServerKeyExchange(asked.Span, hello.Random.Span, exchange.Parameters.Span);
        return exchange.Scheme is { } scheme
            ? SignatureVerifier.VerifyTls12(scheme.Code, KeyOf(leaf), content, exchange.Signature.Span)
            : SignatureVerifier.VerifyTls11(KeyOf(leaf), content, exchange.Signature.Span);
    }

    private VerificationResult Verify12(TlsMessageStep step, CertificateVerify verify, TranscriptHash transcript, ReadOnlyMemory<byte> asked, ProtocolVersion version)
    {
        if (!transcript.IsWhole) return MessagesMissing;
        if (LeafOf(step.From) is not { } leaf) return NoCertificate;
        if (verify.Scheme is { } scheme) return SignatureVerifier.VerifyTls12(scheme.Code, KeyOf(leaf), transcript.Messages, verify.Signature.Span);
        if (ProtocolEras.Of(version.Code) != ProtocolEra.Ssl3) return SignatureVerifier.VerifyTls11(KeyOf(leaf), transcript.Messages, verify.Signature.Span);

        // SSL 3.0 signs the master secret along.
        var verification = NoSecret;
        foreach (var master in secrets.Candidates(asked.Span, SecretLabel.MasterSecret))
        {
            verification = SignatureVerifier.VerifySsl3(KeyOf(leaf), VerifyData.Ssl3(master, default, transcript.Messages), verify.Signature.Span);
            if (verification.Verdict == ProofVerdict.Valid) break;
        }

        return verification;
    }

    private VerificationResult Finished12(TlsMessageStep step, Finished finished, TranscriptHash transcript, ReadOnlyMemory<byte> asked, ServerHello hello)
    {
        if (!transcript.IsWhole) return MessagesMissing;
        if (hello.CipherSuite is not { } suite || CipherParameters.Of((ushort)suite.Code) is not { } parameters) return VerificationResult.NotChecked("the cipher suite is not known");
        var candidates = secrets.Candidates(asked.Span, SecretLabel.MasterSecret);
        if (candidates.Count == 0) return NoSecret;
        foreach (var master in candidates)
        {
            var expected = VerifyData.Tls12(hello.Version.Code, parameters.Hash, master, SideOf(step), transcript.Messages);
            if (expected.AsSpan().SequenceEqual(finished.VerifyData.Span)) return VerificationResult.Valid;
        }

        return DoesNotFit;
    }

    private void Staple(TlsMessageStep step, IReadOnlyList<CertificateEntry> entries)
    {
        if (entries is not [var leaf, ..] || leaf.Extensions.Find<StatusRequestExtension>() is not { OcspResponse: { Length: > 0 } staple }) return;
        Add(step, ProofSubject.OcspResponse, OcspVerifier.Verify(staple, [.. entries.Select(e => e.Certificate)], step.Last.Time));
    }

    private void Add(TlsMessageStep step, ProofSubject what, VerificationResult check)
    {
        // A missing message and a changed one look the same to a transcript, but only the first is likely here.
        var coversTranscript = what is ProofSubject.Finished or ProofSubject.CertificateVerify;
        if (check.Verdict == ProofVerdict.Invalid && isIncomplete && coversTranscript) check = MessagesMissing;
        proofs.Add((step, Proof.Of(what, SideOf(step), check, step.Last.Frame)));
    }

    private ReadOnlySpan<byte> LabelPrefix => isDtls ? HkdfLabel.Dtls13 : HkdfLabel.Tls13;

    private Side SideOf(TlsMessageStep step) => step.From == client ? Side.Client : Side.Server;

    private Certificate? LeafOf(Direction from) => chains[(int)from] is [var leaf, ..] ? leaf.Certificate : null;

    /// <summary>A raw public key (RFC 7250) stands where the certificate would: the whole of it is the key.</summary>
    private static ReadOnlySpan<byte> KeyOf(Certificate leaf) => leaf.SubjectPublicKeyInfo.IsEmpty ? leaf.Der.Span : leaf.SubjectPublicKeyInfo.Span;

    private static VerificationResult MessagesMissing => VerificationResult.NotChecked("handshake messages before it are missing");

    private static VerificationResult NoCertificate => VerificationResult.NotChecked("the certificate of the key was not seen");

    private static VerificationResult NoSecret => VerificationResult.NotChecked("no secret of this session is known");

    private static VerificationResult DoesNotFit => VerificationResult.Invalid("verify_data does not fit the handshake messages");

    // Chains with post-quantum keys stay far below it.
    private const int TranscriptCap = 4 * 1024 * 1024;
}
