using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Transport;

// RFC 9293 section 3.1
//
//   0..1  Source Port              12  Data Offset (4 bits) | Reserved (4)
//   2..3  Destination Port         13  control bits
//   4..7  Sequence Number      14..15  Window          16..17  Checksum
//   8..11 Acknowledgment       18..19  Urgent Pointer      20  Options, up to 4 * Data Offset
//
// The checksum is not verified: sending hosts offload it to their network card, after the capture. The urgent pointer is not stored.

/// <summary>The TCP header.</summary>
internal static class TcpHeader
{
    /// <summary>
    /// Reads the segment that <paramref name="payload"/> holds. A snap length that cuts the options or the payload
    /// leaves a TCP segment whose spans are shorter: all numbers of it are known.
    /// </summary>
    internal static void Read(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        var captured = bytes.Length - payload.Start;
        if (captured < MinimumLength || payload.Length < MinimumLength)
        {
            ReadCut(ref packet, bytes, payload);
            return;
        }

        ref var header = ref NetworkOrder.At(bytes, payload.Start);
        packet.SetPorts(NetworkOrder.U16(ref header, 0), NetworkOrder.U16(ref header, 2));
        packet.Sequence = NetworkOrder.U32(ref header, 4);
        packet.Acknowledgment = NetworkOrder.U32(ref header, 8);
        packet.Flags = (TcpFlags)NetworkOrder.U8(ref header, 13);
        packet.Window = NetworkOrder.U16(ref header, 14);
        var headerLength = (NetworkOrder.U8(ref header, 12) >> 4) * 4;
        if (headerLength < MinimumLength || headerLength > payload.Length)
        {
            packet.Break(FaultKind.BadValue, payload.Start + 12, "Data Offset");
            return;
        }

        packet.Kind = PacketKind.Tcp;
        packet.PayloadLength = payload.Length - headerLength;
        if (captured > payload.Length) captured = payload.Length;
        if (headerLength > MinimumLength) packet.Options = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref header, MinimumLength), Math.Min(headerLength, captured) - MinimumLength);
        if (captured > headerLength) packet.Payload = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref header, headerLength), captured - headerLength);
    }

    /// <summary>Keeps the ports and the sequence number where at least those are there.</summary>
    private static void ReadCut(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        Ports.Read(ref packet, bytes, payload);
        if (payload.Length < MinimumLength) packet.Break(FaultKind.Short, payload.Start + payload.Length, "TCP header");
        else packet.CutOff();
    }

    private const int MinimumLength = 20;
}
