namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>The block types of pcapng that are read (draft-ietf-opsawg-pcapng section 10.1); all others are skipped by their length.</summary>
internal enum BlockType : uint
{
    /// <summary>Begins a section; reads the same in both byte orders.</summary>
    SectionHeader = 0x0A0D0D0A,

    /// <summary>Describes an interface.</summary>
    InterfaceDescription = 1,

    /// <summary>A frame, as older writers stored it.</summary>
    Packet = 2,

    /// <summary>A frame without time and interface.</summary>
    SimplePacket = 3,

    /// <summary>Names of addresses.</summary>
    NameResolution = 4,

    /// <summary>What an interface counted.</summary>
    InterfaceStatistics = 5,

    /// <summary>A frame.</summary>
    EnhancedPacket = 6,

    /// <summary>Secrets, among them TLS key logs.</summary>
    DecryptionSecrets = 10,
}
