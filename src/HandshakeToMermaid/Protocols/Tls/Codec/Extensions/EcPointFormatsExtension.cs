using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>ec_point_formats (RFC 8422 section 5.1.2): <c>ECPointFormat ec_point_format_list&lt;1..2^8-1&gt;</c>; 0 is uncompressed.</summary>
internal sealed class EcPointFormatsExtension : Extension
{
    private EcPointFormatsExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The formats as numbers: 0 uncompressed, 1 and 2 compressed (deprecated).</summary>
    public IReadOnlyList<byte> Formats { get; private init; } = [];

    internal static EcPointFormatsExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var formats = reader.Codes8(reader.U8("ec_point_format_list"), "ec_point_format_list", static c => c);
        reader.End("ec_point_formats");
        return new EcPointFormatsExtension(type, data) { Formats = formats, Fault = reader.Fault };
    }
}
