namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Finds the era of a version.</summary>
internal static class ProtocolEras
{
    /// <summary>The era of a version number; what is unknown counts as TLS 1.2, whose rules held longest.</summary>
    public static ProtocolEra Of(ushort version) => version switch
    {
        0x0300 => ProtocolEra.Ssl3,
        0x0301 => ProtocolEra.Tls10,
        0x0302 or 0xFEFF or 0x0100 => ProtocolEra.Tls11,
        0x0304 or 0xFEFC => ProtocolEra.Tls13,
        >= 0x7F00 and <= 0x7FFF => ProtocolEra.Tls13,
        _ => ProtocolEra.Tls12,
    };
}
