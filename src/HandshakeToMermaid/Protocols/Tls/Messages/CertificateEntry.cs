using HandshakeToMermaid.Protocols.Tls.Certificates;
using HandshakeToMermaid.Protocols.Tls.Extensions;

namespace HandshakeToMermaid.Protocols.Tls.Messages;

/// <summary>One certificate of a Certificate message.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Extensions">Its extensions, TLS 1.3: an OCSP response, timestamps.</param>
public sealed record CertificateEntry(Certificate Certificate, ExtensionList Extensions);
