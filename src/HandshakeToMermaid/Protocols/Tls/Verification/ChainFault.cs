using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Something in a chain that a careful client refuses.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Certificate">The certificate at fault.</param>
/// <param name="Text">One clause for people, without the certificate's name.</param>
internal sealed record ChainFault(ChainFaultKind Kind, Certificate Certificate, string Text);
