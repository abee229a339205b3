using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// supported_versions (RFC 8446 section 4.2.1): <c>ProtocolVersion versions&lt;2..254&gt;</c> from a client,
/// <c>ProtocolVersion selected_version</c> from a server.
/// </summary>
internal sealed class SupportedVersionsExtension : Extension
{
    private SupportedVersionsExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The versions, best first; exactly one from a server.</summary>
    public IReadOnlyList<ProtocolVersion> Versions { get; private init; } = [];

    internal static SupportedVersionsExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        var bytes = place == MessagePlace.ClientHello ? reader.U8("versions") : 2;
        var versions = reader.Codes16(bytes, "versions", static c => new ProtocolVersion(c));
        reader.End("supported_versions");
        return new SupportedVersionsExtension(type, data) { Versions = versions, Fault = reader.Fault };
    }
}
