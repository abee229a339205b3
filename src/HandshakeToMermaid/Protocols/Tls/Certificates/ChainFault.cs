namespace HandshakeToMermaid.Protocols.Tls.Certificates;

/// <summary>Something in a chain that a careful client refuses.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Certificate">The certificate at fault.</param>
/// <param name="Text">One clause for people, without the certificate's name.</param>
public sealed record ChainFault(ChainFaultKind Kind, Certificate Certificate, string Text);
