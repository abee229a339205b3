using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>One certificate of a Certificate message.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Extensions">Its extensions, TLS 1.3: an OCSP response, timestamps.</param>
internal sealed record CertificateEntry(Certificate Certificate, ExtensionList Extensions);
