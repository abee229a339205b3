using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Packets.Transport;

/// <summary>What TCP and UDP begin alike with, for headers that are not whole: cut ones, and those that ICMP quotes.</summary>
internal static class Ports
{
    /// <summary>Reads both ports, and for TCP what else of sequence number, acknowledgment and control bits is there.</summary>
    internal static void Read(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        var header = bytes.Slice(payload.Start, Math.Min(bytes.Length - payload.Start, payload.Length));
        if (header.Length < 4) return;
        packet.SetPorts(BinaryPrimitives.ReadUInt16BigEndian(header), BinaryPrimitives.ReadUInt16BigEndian(header[2..]));
        if (payload.Protocol != IpProtocol.Tcp || header.Length < 8) return;
        packet.Sequence = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (header.Length < 14) return;
        packet.Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        packet.Flags = (TcpFlags)header[13];
    }
}
