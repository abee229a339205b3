using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// One object for extensions that come again and again: what is decoded never changes, so connections can share it. What is random
/// in every handshake is not looked for. Threads may share it.
/// </summary>
internal sealed class ExtensionCache
{
    private readonly RepeatedBytes<Extension> extensions = new(4096, 512);

    /// <summary>Decodes an extension, or returns the one that the same bytes made before.</summary>
    public Extension Decode(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        if (IsRandom(type)) return Extension.Decode(type, data, place);
        var kind = type.Code | ((uint)place << 16);
        if (extensions.TryFind(kind, data.Span, out var known, out _)) return known;

        // A copy of its own, so that it does not keep the message of one connection.
        var own = data.ToArray();
        var extension = Extension.Decode(type, own, place);
        extensions.Remember(kind, own, extension);
        return extension;
    }

    /// <summary>Keys, tickets, cookies, the encrypted hello and its padding.</summary>
    private static bool IsRandom(ExtensionType type) => type.Code is 21 or 35 or 40 or 41 or 44 or 51 or 0xFE0D;
}
