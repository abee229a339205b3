using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>cookie (RFC 8446 section 4.2.2): <c>opaque cookie&lt;1..2^16-1&gt;</c>.</summary>
internal sealed class CookieExtension : Extension
{
    private CookieExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The cookie.</summary>
    public ReadOnlyMemory<byte> Cookie { get; private init; }

    internal static CookieExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var taken = reader.Vector16("cookie");
        var cookie = reader.Keep(data, taken);
        reader.End("cookie");
        return new CookieExtension(type, data) { Cookie = cookie, Fault = reader.Fault };
    }
}
