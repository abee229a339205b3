using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>renegotiation_info (RFC 5746 section 3.2): <c>opaque renegotiated_connection&lt;0..255&gt;</c>, empty in a first handshake.</summary>
internal sealed class RenegotiationInfoExtension : Extension
{
    private RenegotiationInfoExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>True where the hello belongs to a renegotiation.</summary>
    public bool IsRenegotiation { get; private init; }

    internal static RenegotiationInfoExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var verifyData = reader.Vector8("renegotiated_connection");
        reader.End("renegotiation_info");
        return new RenegotiationInfoExtension(type, data) { IsRenegotiation = verifyData.Length > 0, Fault = reader.Fault };
    }
}
