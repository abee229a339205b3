using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>One packet of a recorded connection, with numbers that count from the connection's own beginning.</summary>
/// <param name="IsDns">True for a datagram of the look-up before it.</param>
/// <param name="FromClient">Who sends it.</param>
/// <param name="Flags">Control bits; of TCP alone.</param>
/// <param name="Sequence">Bytes since the sender's SYN.</param>
/// <param name="Acknowledgment">Bytes of the peer since its SYN.</param>
/// <param name="Options">TCP options as they were.</param>
/// <param name="Payload">The payload as it was.</param>
internal sealed record TemplatePacket(bool IsDns, bool FromClient, TcpFlags Flags, uint Sequence, uint Acknowledgment, byte[] Options, byte[] Payload)
{
    /// <summary>True where the sender says that it has no more data: bulk comes before.</summary>
    public bool IsFin => (Flags & TcpFlags.Fin) != 0;
}
