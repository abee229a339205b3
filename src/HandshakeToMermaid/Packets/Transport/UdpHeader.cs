using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Transport;

// RFC 768
//
//   0..1  Source Port    2..3  Destination Port    4..5  Length, header included    6..7  Checksum
//
// Length 0 belongs to jumbograms (RFC 2675 section 4) and segmentation offload: the datagram then fills what IP carries.

/// <summary>The UDP header.</summary>
internal static class UdpHeader
{
    /// <summary>Reads the datagram that <paramref name="payload"/> holds.</summary>
    internal static void Read(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        var captured = bytes.Length - payload.Start;
        if (captured < Length || payload.Length < Length)
        {
            Ports.Read(ref packet, bytes, payload);
            if (payload.Length < Length) packet.Break(FaultKind.Short, payload.Start + payload.Length, "UDP header");
            else packet.CutOff();
            return;
        }

        ref var header = ref NetworkOrder.At(bytes, payload.Start);
        packet.SetPorts(NetworkOrder.U16(ref header, 0), NetworkOrder.U16(ref header, 2));
        int length = NetworkOrder.U16(ref header, 4);
        if (length == 0) length = payload.Length;
        if (length < Length || length > payload.Length)
        {
            packet.Break(FaultKind.BadValue, payload.Start + 4, "Length");
            return;
        }

        packet.Kind = PacketKind.Udp;
        packet.PayloadLength = length - Length;
        packet.Payload = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref header, Length), Math.Min(captured, length) - Length);
    }

    /// <summary>Bytes of the header.</summary>
    internal const int Length = 8;
}
