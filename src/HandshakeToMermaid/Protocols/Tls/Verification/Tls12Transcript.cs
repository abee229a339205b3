// RFC 5246 sections 7.4.3 (ServerKeyExchange), 7.4.8 (CertificateVerify) and 7.4.9 (Finished); RFC 6066 section 8 (CertificateStatus).
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using CertificateStatusMessage = HandshakeToMermaid.Protocols.Tls.Codec.Messages.CertificateStatus;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Checks the signatures, Finished messages and OCSP responses of handshakes of SSL 3.0 to TLS 1.2, renegotiations included.</summary>
/// <param name="messages">All handshake messages, in the order of the wire.</param>
/// <param name="secrets">The known secrets.</param>
/// <param name="results">Receives the results.</param>
internal sealed class Tls12Transcript(IReadOnlyList<ITranscriptMessage> messages, SecretStore secrets, TranscriptResults results)
{
    /// <summary>Checks every handshake of the connection.</summary>
    public void Check()
    {
        var transcript = new TranscriptHash(TranscriptResults.TranscriptCap);
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
                    results.NoteChain(step.From, chain.Entries);
                    break;
                case CertificateStatusMessage { Response: { } staple }:
                    results.Add(step, VerificationSubject.OcspResponse, OcspVerifier.Verify(staple, [.. results.ChainOf(step.From).Select(e => e.Certificate)], step.Last.Time));
                    break;
                case ServerKeyExchange { Signature.Length: > 0 } exchange:
                    results.Add(step, VerificationSubject.ServerKeyExchange, Exchange(step, exchange, asked, hello));
                    break;
                case CertificateVerify verify when hello is not null:
                    results.Add(step, VerificationSubject.CertificateVerify, Verify12(step, verify, transcript, asked, hello.Version));
                    break;
                case Finished finished when hello is not null:
                    results.Add(step, VerificationSubject.Finished, Finished12(step, finished, transcript, asked, hello));
                    break;
                default:
                    break;
            }

            transcript.Append(step.Hashed.Span);
        }
    }

    private VerificationResult Exchange(ITranscriptMessage step, ServerKeyExchange exchange, ReadOnlyMemory<byte> asked, ServerHello? hello)
    {
        if (asked.Length != 32 || hello is null) return TranscriptResults.MessagesMissing;
        if (results.LeafOf(step.From) is not { } leaf) return TranscriptResults.NoCertificate;
        if (!results.VerifiesHandshakes) return TranscriptResults.LeftOut;
        var content = SignedContent.ServerKeyExchange(asked.Span, hello.Random.Span, exchange.Parameters.Span);
        return exchange.Scheme is { } scheme
            ? SignatureVerifier.VerifyTls12(scheme, TranscriptResults.KeyOf(leaf), content, exchange.Signature.Span)
            : SignatureVerifier.VerifyTls11(TranscriptResults.KeyOf(leaf), content, exchange.Signature.Span);
    }

    private VerificationResult Verify12(ITranscriptMessage step, CertificateVerify verify, TranscriptHash transcript, ReadOnlyMemory<byte> asked, ProtocolVersion version)
    {
        if (!transcript.IsWhole) return TranscriptResults.MessagesMissing;
        if (results.LeafOf(step.From) is not { } leaf) return TranscriptResults.NoCertificate;
        if (!results.VerifiesHandshakes) return TranscriptResults.LeftOut;
        if (verify.Scheme is { } scheme) return SignatureVerifier.VerifyTls12(scheme, TranscriptResults.KeyOf(leaf), transcript.Messages, verify.Signature.Span);
        if (ProtocolEras.Of(version.Code) != ProtocolEra.Ssl3) return SignatureVerifier.VerifyTls11(TranscriptResults.KeyOf(leaf), transcript.Messages, verify.Signature.Span);

        // SSL 3.0 signs the master secret along.
        var verification = TranscriptResults.NoSecret;
        foreach (var master in secrets.Candidates(asked.Span, SecretLabel.MasterSecret))
        {
            verification = SignatureVerifier.VerifySsl3(TranscriptResults.KeyOf(leaf), VerifyData.Ssl3(master, default, transcript.Messages), verify.Signature.Span);
            if (verification.Verdict == VerificationVerdict.Valid) break;
        }

        return verification;
    }

    private VerificationResult Finished12(ITranscriptMessage step, Finished finished, TranscriptHash transcript, ReadOnlyMemory<byte> asked, ServerHello hello)
    {
        if (!transcript.IsWhole) return TranscriptResults.MessagesMissing;
        if (hello.CipherSuite is not { } suite || CipherParameters.Of(suite) is not { HasKnownHash: true } parameters) return VerificationResult.NotChecked("the cipher suite or its hash is not supported");
        var candidates = secrets.Candidates(asked.Span, SecretLabel.MasterSecret);
        if (candidates.Count == 0) return TranscriptResults.NoSecret;
        foreach (var master in candidates)
        {
            var expected = VerifyData.Tls12(hello.Version.Code, parameters.Hash, master, results.SideOf(step), transcript.Messages);
            if (expected.AsSpan().SequenceEqual(finished.VerifyData.Span)) return VerificationResult.Valid;
        }

        return TranscriptResults.DoesNotFit;
    }
}
