using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Extensions;

/// <summary>The data of an extension.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Place">The message that it stands in.</param>
/// <param name="Layout">Its fields; null where what is decoded is all that is asked.</param>
/// <param name="Hex">Its bytes.</param>
/// <param name="Decoded">What it must decode to.</param>
internal sealed record ExtensionExample(int Type, MessagePlace Place, string? Layout, string Hex, string Decoded)
{
    public string Name => $"{new ExtensionType((ushort)Type)} in {Place}: {Hex}";

    public byte[] Data => Codec.Decoded.Bytes(Hex);

    public Extension Read(byte[] data) => Extension.Decode(new ExtensionType((ushort)Type), data, Place);
}
