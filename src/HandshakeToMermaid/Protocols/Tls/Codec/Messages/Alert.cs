using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>An alert (RFC 8446 section 6): <c>AlertLevel level; AlertDescription description;</c></summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Description">Why it was sent.</param>
internal readonly record struct Alert(AlertLevel Level, AlertDescription Description);
