using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>Finished (RFC 8446 section 4.4.4): <c>opaque verify_data[Hash.length]</c>; 12 bytes in TLS 1.0 to 1.2, 36 in SSL 3.0.</summary>
internal sealed class Finished : HandshakeMessage
{
    private Finished()
        : base(HandshakeType.Finished)
    {
    }

    /// <summary>The proof that both sides saw the same handshake.</summary>
    public ReadOnlyMemory<byte> VerifyData { get; private init; }

    internal static Finished Read(ReadOnlyMemory<byte> body) => new() { VerifyData = body };
}
