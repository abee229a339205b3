using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A message whose body is not read here: SupplementalData (RFC 4680), CertificateURL, message_hash, unknown ones.</summary>
internal sealed class OpaqueMessage : HandshakeMessage
{
    internal OpaqueMessage(HandshakeType type, ReadOnlyMemory<byte> body)
        : base(type) => Body = body;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; }
}
