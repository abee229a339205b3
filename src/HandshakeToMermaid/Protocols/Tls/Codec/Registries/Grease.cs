namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>The values reserved by RFC 8701 (0x0A0A, 0x1A1A, ... 0xFAFA), sent so that peers keep ignoring what they don't know.</summary>
internal static class Grease
{
    public static bool Is(int code) => (code & 0x0F0F) == 0x0A0A && code >> 8 == (code & 0xFF);
}
