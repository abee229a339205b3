// RFC 8446 section 4.4 (the transcript, CertificateVerify, Finished), section 4.6.2 (client authentication after the handshake).
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Checks the signatures, Finished messages and stapled OCSP responses of a TLS 1.3 handshake.</summary>
/// <param name="messages">All handshake messages, in the order of the wire.</param>
/// <param name="secrets">The known secrets.</param>
/// <param name="results">Receives the results.</param>
/// <param name="isDtls">True for DTLS 1.3, whose labels differ (RFC 9147 section 5.9).</param>
internal sealed class Tls13Transcript(IReadOnlyList<ITranscriptMessage> messages, SecretStore secrets, TranscriptResults results, bool isDtls)
{
    /// <summary>Checks the handshake that <paramref name="hello"/> answers, and client authentication after it.</summary>
    public void Check(ServerHello hello)
    {
        if (hello.CipherSuite is not { } suite || CipherParameters.Of(suite) is not { HasKnownHash: true } parameters) return;
        var hash = parameters.Hash;
        var main = new TranscriptHash(TranscriptResults.TranscriptCap);
        var random = Hellos(main, hash);

        // Each side's flight by itself: captures of both directions may be a little out of step.
        var client = results.Client;
        var server = client.Opposite();
        var at = messages.ToList().FindIndex(m => m.Message is ServerHello { IsHelloRetryRequest: false });
        var serverFlight = FlightOf(server, at + 1);
        var clientFlight = FlightOf(client, at + 1);
        Flight13(serverFlight, main, hash, random, SecretLabel.ServerHandshakeTraffic, 0);
        if (serverFlight is not [.., { Message: Finished }] || LacksEndOfEarlyData(serverFlight, clientFlight)) main.Lose();
        Flight13(clientFlight, main, hash, random, SecretLabel.ClientHandshakeTraffic, 0);
        AfterHandshake(main, hash, random, [.. serverFlight, .. clientFlight], at);
    }

    /// <summary>True where early data was accepted and its end could not be decrypted; QUIC and DTLS have no such message (RFC 9001 section 8.3, RFC 9147 section 5.6).</summary>
    private bool LacksEndOfEarlyData(List<ITranscriptMessage> server, List<ITranscriptMessage> client)
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
    private List<ITranscriptMessage> FlightOf(Direction from, int start)
    {
        var flight = new List<ITranscriptMessage>();
        for (var i = start; i < messages.Count; i++)
        {
            if (messages[i].From != from) continue;
            flight.Add(messages[i]);
            if (messages[i].Message is Finished) return flight;
        }

        // Without its end it is no flight; its proofs are made all the same, up to where it was read.
        return flight;
    }

    private void Flight13(List<ITranscriptMessage> flight, TranscriptHash transcript, HashAlgorithmName hash, ReadOnlyMemory<byte> random, SecretLabel label, int updates)
    {
        foreach (var step in flight)
        {
            var side = results.SideOf(step);
            switch (step.Message)
            {
                case CertificateMessage chain:
                    results.NoteChain(step.From, chain.Entries);
                    Staple(step, chain.Entries);
                    break;
                case CompressedCertificate packed:
                    results.NoteChain(step.From, packed.Certificate?.Entries ?? []);
                    Staple(step, results.ChainOf(step.From));
                    break;
                case CertificateVerify { Scheme: { } scheme } verify:
                    if (!transcript.IsWhole) results.Add(step, VerificationSubject.CertificateVerify, TranscriptResults.MessagesMissing);
                    else if (!results.VerifiesHandshakes) results.Add(step, VerificationSubject.CertificateVerify, TranscriptResults.LeftOut);
                    else if (results.ChainOf(step.From) is [var leaf, ..])
                    {
                        var content = SignedContent.CertificateVerifyTls13(side, transcript.Hash(hash));
                        results.Add(step, VerificationSubject.CertificateVerify, DelegatedSignature.Verify(side, leaf, scheme, content, verify.Signature.Span));
                    }
                    else results.Add(step, VerificationSubject.CertificateVerify, TranscriptResults.NoCertificate);
                    break;
                case Finished finished:
                    results.Add(step, VerificationSubject.Finished, Finished13(finished, transcript, hash, secrets.Candidates(random.Span, label), updates));
                    break;
                default:
                    break;
            }

            transcript.Append(step.Hashed.Span);
        }
    }

    private VerificationResult Finished13(Finished finished, TranscriptHash transcript, HashAlgorithmName hash, IReadOnlyList<Secret> candidates, int updates)
    {
        if (!transcript.IsWhole) return TranscriptResults.MessagesMissing;
        if (candidates.Count == 0) return TranscriptResults.NoSecret;
        var digest = transcript.Hash(hash);
        foreach (var candidate in candidates)
        {
            var secret = candidate;
            for (var i = 0; i < updates; i++) secret = HkdfLabel.NextTrafficSecret(hash, secret, LabelPrefix);
            if (secret.Length == Hashing.Length(hash) && VerifyData.Tls13(hash, secret, digest, LabelPrefix).AsSpan().SequenceEqual(finished.VerifyData.Span)) return VerificationResult.Valid;
        }

        return TranscriptResults.DoesNotFit;
    }

    /// <summary>Client authentication after the handshake (RFC 8446 section 4.6.2): its transcript goes on from the client's Finished with the request.</summary>
    private void AfterHandshake(TranscriptHash main, HashAlgorithmName hash, ReadOnlyMemory<byte> random, List<ITranscriptMessage> handshake, int helloAt)
    {
        var done = new HashSet<ITranscriptMessage>(handshake);
        var requests = new List<ITranscriptMessage>();
        var flight = new List<ITranscriptMessage>();
        var updates = 0;
        for (var i = helloAt + 1; i < messages.Count; i++)
        {
            var step = messages[i];
            if (done.Contains(step)) continue;
            if (step.Message is CertificateRequest) requests.Add(step);
            if (step.From != results.Client) continue;
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
            var transcript = new TranscriptHash(TranscriptResults.TranscriptCap);
            transcript.Append(main.Messages);
            if (!main.IsWhole) transcript.Lose();
            var request = requests.Find(r => ((CertificateRequest)r.Message).RequestContext.Span.SequenceEqual(context.Span));
            if (request is null) transcript.Lose();
            else transcript.Append(request.Hashed.Span);
            Flight13(flight, transcript, hash, random, SecretLabel.ClientTraffic, updates);
            flight = [];
        }
    }

    private void Staple(ITranscriptMessage step, IReadOnlyList<CertificateEntry> entries)
    {
        if (entries is not [var leaf, ..] || leaf.Extensions.Find<StatusRequestExtension>() is not { Response: { } staple }) return;
        results.Add(step, VerificationSubject.OcspResponse, OcspVerifier.Verify(staple, [.. entries.Select(e => e.Certificate)], step.Last.Time));
    }

    private ReadOnlySpan<byte> LabelPrefix => isDtls ? HkdfLabel.Dtls13 : HkdfLabel.Tls13;
}
