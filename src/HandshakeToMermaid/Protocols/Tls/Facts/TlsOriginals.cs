using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>The values of a TLS handshake that identify somebody: names, certificates, sessions, pre-shared keys.</summary>
internal static class TlsOriginals
{
    /// <summary>The values, each as it stands in steps and JSON.</summary>
    public static IEnumerable<Original> Of(TlsFacts facts)
    {
        foreach (var step in facts.Messages)
        {
            foreach (var original in OfMessage(step.Message)) yield return original;
        }

        foreach (var (_, position, certificate) in facts.AllCertificates())
        {
            foreach (var original in OfCertificate(certificate, position)) yield return original;
        }
    }

    private static IEnumerable<Original> OfMessage(HandshakeMessage message) => message switch
    {
        ClientHello hello => OfHello(hello),
        ServerHello answer => Session(answer.SessionId).Concat(Protocols(answer.AlpnProtocol is { } chosen ? [chosen] : [])),
        EncryptedExtensions more => Protocols(more.Extensions.Find<AlpnExtension>()?.Protocols ?? []),
        NewSessionTicket ticket => Session(ticket.Ordinal),
        ServerKeyExchange keys => Text(keys.PskIdentityHint),
        ClientKeyExchange keys => Text(keys.PskIdentity),
        CertificateRequest request => request.Authorities.Select(a => new Original(OriginalKind.Authority, DistinguishedName.Text(a.Span))),
        _ => [],
    };

    private static IEnumerable<Original> OfHello(ClientHello hello)
    {
        if (hello.ServerName is { } name) yield return new Original(OriginalKind.Name, name);
        foreach (var session in Session(hello.SessionId)) yield return session;
        if (hello.Extensions.Find<SessionTicketExtension>() is { HasTicket: true } ticket) yield return Original.Of(OriginalKind.Session, ticket.Data.Span);
        foreach (var key in hello.PreSharedKey?.Identities ?? [])
        {
            foreach (var identity in Session(key.Identity)) yield return identity;
        }

        foreach (var protocol in Protocols(hello.AlpnProtocols)) yield return protocol;
        if (hello.AlpnProtocols.Any(p => !AlpnNames.AreRegistered(p))) yield return new Original(OriginalKind.FreeText, string.Join(' ', hello.AlpnProtocols));
    }

    private static IEnumerable<Original> OfCertificate(Certificate certificate, int position)
    {
        var kind = position > 0 || certificate.IsCertificateAuthority == true ? OriginalKind.Authority : OriginalKind.Subject;
        yield return new Original(kind, certificate.Subject);
        yield return new Original(certificate.IsSelfIssued ? kind : OriginalKind.Authority, certificate.Issuer);
        foreach (var name in certificate.SubjectAlternativeNames) yield return new Original(OriginalKind.Name, name);
        if (certificate.SubjectAlternativeNames.Count > 1) yield return new Original(OriginalKind.NameList, string.Join(' ', certificate.SubjectAlternativeNames));
        yield return new Original(OriginalKind.SerialNumber, certificate.Serial);
        yield return new Original(OriginalKind.Fingerprint, certificate.Sha256);
        if (certificate.SubjectPublicKeyInfo.Length > 0)
        {
            yield return Original.Of(OriginalKind.Fingerprint, SHA256.HashData(certificate.SubjectPublicKeyInfo.Span));
            yield return new Original(OriginalKind.Fingerprint, CertificatePin.Of(certificate));
        }

        if (certificate.SubjectKeyIdentifier.Length > 0) yield return Original.Of(OriginalKind.Fingerprint, certificate.SubjectKeyIdentifier.Span);
        if (certificate.AuthorityKeyIdentifier.Length > 0) yield return Original.Of(OriginalKind.Fingerprint, certificate.AuthorityKeyIdentifier.Span);
    }

    private static IEnumerable<Original> Session(ReadOnlyMemory<byte> id) => id.IsEmpty ? [] : [Original.Of(OriginalKind.Session, id.Span)];

    private static IEnumerable<Original> Text(ReadOnlyMemory<byte> text) => text.IsEmpty ? [] : [new Original(OriginalKind.FreeText, WireText.Decode(text.Span))];

    private static IEnumerable<Original> Protocols(IEnumerable<string> names) => names.Where(n => !AlpnNames.AreRegistered(n)).Select(n => new Original(OriginalKind.Protocol, n));
}
