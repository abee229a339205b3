using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A message without a body: HelloRequest and ServerHelloDone (RFC 5246 section 7.4), EndOfEarlyData (RFC 8446 section 4.5).</summary>
internal sealed class EmptyMessage : HandshakeMessage
{
    private EmptyMessage(HandshakeType type)
        : base(type)
    {
    }

    internal static EmptyMessage Read(HandshakeType type, ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        reader.End(type.Name);
        return new EmptyMessage(type) { Fault = reader.Fault };
    }
}
