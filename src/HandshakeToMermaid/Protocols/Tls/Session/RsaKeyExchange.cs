using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// Follows the handshakes of a session and adds the master secrets that the servers' private keys give to the known secrets: by
/// decrypting the premaster secret where the key exchange is RSA (RFC 5246 section 7.4.7.1), and from the earlier session where one is resumed.
/// A renegotiation is a handshake of its own.
/// </summary>
/// <param name="keys">The private keys.</param>
/// <param name="secrets">Receives the master secrets.</param>
internal sealed class RsaKeyExchange(PrivateKeys keys, SecretStore secrets)
{
    private readonly TranscriptHash transcript = new(TranscriptResults.TranscriptCap);
    private ClientHello? hello;
    private ServerHello? answer;
    private Secret? master;
    private bool hasCertificate;
    private bool hasMatched;
    private bool hasExchange;

    /// <summary>Why there is no master secret for the latest handshake; null where there is one, or no ServerHello yet.</summary>
    public string? Why => answer is null || master is not null ? null : Reason(answer);

    /// <summary>True where the keys of a session with this suite may come from a private key; null where the suite is not known yet.</summary>
    public static bool Fits(CipherSuite? suite) => suite is null || suite.Value.KeyExchange is KeyExchangeMethod.Rsa or KeyExchangeMethod.RsaExport;

    /// <summary>Takes the next message, in the order of the handshake.</summary>
    public void Take(TlsMessageStep step)
    {
        switch (step.Message)
        {
            case EmptyMessage { Type.Code: 0 } or HelloVerifyRequest:
                // Neither is part of a transcript (RFC 5246 section 7.4.1.1, RFC 6347 section 4.2.6).
                return;
            case ClientHello asked:
                Begin(asked);
                break;
            case ServerHello { IsHelloRetryRequest: false } said:
                answer = said;
                Resume(said);
                break;
            case CertificateMessage { Entries: [var leaf, ..] } when hello is not null && answer is not null && !hasCertificate:
                hasCertificate = true;
                hasMatched = SubjectPublicKey.Read(leaf.Certificate.SubjectPublicKeyInfo.ToArray()) is { } key && keys.Match(key.Key);
                break;
            case ClientKeyExchange exchange:
                transcript.Append(step.Hashed.Span);
                Derive(exchange);
                return;
            case NewSessionTicket ticket when master is not null && answer is { Version.IsTls13: false }:
                keys.Remember(ticket.Ordinal.Span, master);
                return;
            default:
                break;
        }

        if (!hasExchange) transcript.Append(step.Hashed.Span);
    }

    private void Begin(ClientHello asked)
    {
        transcript.Reset();
        (hello, answer, master) = (asked, null, null);
        (hasCertificate, hasMatched, hasExchange) = (false, false, false);
    }

    /// <summary>A server that resumes echoes the session id of the client, which with a ticket the client made up (RFC 5077 section 3.4).</summary>
    private void Resume(ServerHello said)
    {
        if (hello is null || said.Version.IsTls13) return;
        var byTicket = hello.Extensions.Find<SessionTicketExtension>() is { HasTicket: true } offered ? keys.Find(offered.Data.Span) : null;
        var byId = said.SessionId.Span.SequenceEqual(hello.SessionId.Span) ? keys.Find(said.SessionId.Span) : null;
        if ((byTicket ?? byId) is not { } earlier) return;

        // Should the server not resume after all, its key exchange adds another candidate.
        Add(hello, earlier);
        master = earlier;
    }

    private void Derive(ClientKeyExchange exchange)
    {
        if (hasExchange || hello is null || answer is not { CipherSuite: { } suite } said) return;
        hasExchange = true;
        master = null;
        if (!Fits(suite) || exchange.Exchange.IsEmpty || CipherParameters.Of(suite) is not { HasKnownHash: true } parameters) return;
        if (hasCertificate && !hasMatched) return;
        var asking = hello.SessionRandom.Span;
        var answering = said.Random.Span;
        var version = said.Version.Code;
        var isExtended = said.Extensions.Has(ExtensionType.ExtendedMasterSecret);
        if (asking.Length != ClientRandom.Length || answering.Length != ClientRandom.Length || (isExtended && !transcript.IsWhole)) return;
        if (keys.Decrypt(exchange.Exchange.Span, hello.LegacyVersion.Code, version) is not { } premaster) return;
        master = isExtended
            ? MasterSecret.DeriveExtended(version, parameters.Hash, premaster.Span, transcript.Messages)
            : MasterSecret.Derive(version, parameters.Hash, premaster.Span, asking, answering);
        Add(hello, master);
        keys.Remember(said.SessionId.Span, master);
    }

    private void Add(ClientHello asked, Secret secret)
    {
        if (ClientRandom.TryRead(asked.SessionRandom.Span, out var random)) secrets.TryAdd(random, SecretLabel.MasterSecret, secret.Span);
    }

    private string Reason(ServerHello said)
    {
        if (said.Version.IsTls13) return "encrypted, and the keys of TLS 1.3 do not depend on a private key of the server";
        if (said.CipherSuite is { } suite && !Fits(suite)) return $"encrypted, and a private key does not decrypt the key exchange of {suite.Name}";
        if (hasCertificate && !hasMatched) return "encrypted, and none of the private keys belongs to the server's certificate";
        if (!hasExchange && !hasCertificate) return "encrypted, and it resumes a session whose key exchange no private key decrypted";
        if (!hasExchange) return "encrypted, and the ClientKeyExchange is missing";
        return transcript.IsWhole ? "encrypted, and none of the private keys decrypts the premaster secret" : "encrypted, and messages are missing that its master secret depends on";
    }
}
