using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>What became of the parts of a handshake that a client may offer and a server may refuse.</summary>
internal static class TlsStates
{
    /// <summary>Whether an earlier session was resumed; null if unknown.</summary>
    public static TlsResumption? ResumptionOf(TlsFacts facts)
    {
        var session = facts.Session;
        if (session.ServerHello is not { } hello || session.Client is not { } client) return null;
        if (hello.Version.IsTls13) return hello.AcceptsPreSharedKey ? TlsResumption.Psk : TlsResumption.No;
        var server = client.Opposite();
        if (session.Find(HandshakeType.Certificate, server) is not null || session.Find(HandshakeType.ServerHelloDone, server) is not null) return TlsResumption.No;
        if (facts.Half(server) is not { HasChangedCipher: true } || facts.Half(server)!.HasGap) return null;
        var isEcho = session.ClientHello is { SessionId.Length: > 0 } offered && offered.SessionId.Span.SequenceEqual(hello.SessionId.Span);
        if (session.ClientHello is { OffersTicket: true }) return TlsResumption.Ordinal;
        return isEcho ? TlsResumption.SessionId : null;
    }

    /// <summary>What became of early data (RFC 8446 section 4.2.10).</summary>
    public static EarlyDataState EarlyDataOf(TlsFacts facts)
    {
        var session = facts.Session;
        if (session.ClientHello is not { OffersEarlyData: true }) return EarlyDataState.None;
        if (session.HelloRetryRequest is not null) return EarlyDataState.Rejected;
        if (session.ServerHello is not { } hello) return EarlyDataState.Offered;
        if (!hello.AcceptsPreSharedKey) return EarlyDataState.Rejected;
        for (var i = 0; i < session.Messages.Count; i++)
        {
            if (session.Messages[i].Message is EncryptedExtensions extensions)
            {
                return extensions.Extensions.Has(ExtensionType.EarlyData) ? EarlyDataState.Accepted : EarlyDataState.Rejected;
            }
        }

        return facts.Flights?.EarlyDataAccepted switch { true => EarlyDataState.Accepted, false => EarlyDataState.Rejected, null => EarlyDataState.Offered };
    }

    /// <summary>Whether the client sent a certificate; null if unknown.</summary>
    public static ClientCertificateState? ClientCertificateOf(TlsFacts facts)
    {
        var session = facts.Session;
        if (session.Client is not { } client) return null;
        var isRequested = session.Find(HandshakeType.CertificateRequest, client.Opposite()) is not null;
        var answer = session.Find(HandshakeType.Certificate, client);
        if (answer is { Message: CertificateMessage chain })
        {
            return chain.Entries.Count > 0 ? ClientCertificateState.Sent : ClientCertificateState.Empty;
        }

        if (session.Find(HandshakeType.CompressedCertificate, client) is { Message: CompressedCertificate packed })
        {
            return packed.Certificate is { Entries.Count: 0 } ? ClientCertificateState.Empty : ClientCertificateState.Sent;
        }

        if (isRequested)
        {
            // SSL 3.0 signals it with a warning (RFC 6101 section 5.4.2).
            return session.Alerts.Any(a => a.From == client && a.Alert?.Description.Code == 41) ? ClientCertificateState.Empty : ClientCertificateState.Requested;
        }

        if (session.IsTls13)
        {
            if (session.ServerHello is { AcceptsPreSharedKey: true } || facts.Flights is { IsLoneFinished: true }) return ClientCertificateState.NotRequested;
            return facts.IsDecrypted && session.Find(HandshakeType.Finished, client.Opposite()) is not null ? ClientCertificateState.NotRequested : null;
        }

        var isOver = session.Find(HandshakeType.ServerHelloDone, client.Opposite()) is not null || ResumptionOf(facts) is TlsResumption.SessionId or TlsResumption.Ordinal;
        return isOver ? ClientCertificateState.NotRequested : null;
    }

    /// <summary>What became of Encrypted ClientHello (RFC 9849).</summary>
    public static EchState EchOf(TlsFacts facts)
    {
        var session = facts.Session;
        if (session.ClientHello is not { EncryptedClientHello: { IsInner: false } }) return EchState.None;
        if (HasAlert(session, EchRequired)) return EchState.Rejected;
        if (facts.IsEchConfigured == false) return EchState.Grease;
        if (session.HelloRetryRequest is { } retry && retry.Extensions.Has(ExtensionType.EncryptedClientHello)) return EchState.Accepted;
        for (var i = 0; i < session.Messages.Count; i++)
        {
            if (session.Messages[i].Message is EncryptedExtensions extensions && extensions.Extensions.Has(ExtensionType.EncryptedClientHello))
            {
                // A server sends its keys for the next try to GREASE as well.
                return facts.IsEchConfigured == true ? EchState.Rejected : EchState.Offered;
            }
        }

        return EchState.Offered;
    }

    private static bool HasAlert(TlsSession session, byte code)
    {
        for (var i = 0; i < session.Alerts.Count; i++)
        {
            if (session.Alerts[i].Alert?.Description.Code == code) return true;
        }

        return false;
    }

    /// <summary>ech_required (RFC 9849 section 5).</summary>
    private const byte EchRequired = 121;
}
