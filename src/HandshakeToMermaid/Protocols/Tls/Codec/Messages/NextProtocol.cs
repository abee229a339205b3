using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>NextProtocol of NPN, the forerunner of ALPN: <c>opaque selected_protocol&lt;0..255&gt;; opaque padding&lt;0..255&gt;</c>.</summary>
internal sealed class NextProtocol : HandshakeMessage
{
    private NextProtocol()
        : base(HandshakeType.NextProtocol)
    {
    }

    /// <summary>What the client chose.</summary>
    public string Selected { get; private init; } = "";

    internal static NextProtocol Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var selected = WireText.Decode(reader.Vector8("selected_protocol"));
        reader.Vector8("padding");
        reader.End("NextProtocol");
        return new NextProtocol { Selected = selected, Fault = reader.Fault };
    }
}
