using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_LINUX_SLL2, what "any" captures since libpcap 1.10:
//
//   protocol (2) | reserved (2) | interface index (4) | ARPHRD_ type (2) | packet type (1) | address length (1) | address (8)

/// <summary>The Linux cooked header, version 2.</summary>
internal static class LinuxCooked2Header
{
    /// <summary>Reads the header, and LLC after it.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        return LinuxCookedHeader.ReadProtocol(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt16BigEndian(bytes), Length) with
        {
            SourceAt = bytes[11] == LinuxCookedHeader.LinkAddressLength ? 12 : 0,
        };
    }

    private const int Length = 20;
}
