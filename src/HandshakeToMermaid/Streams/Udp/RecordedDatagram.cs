using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>One recorded datagram.</summary>
/// <param name="From">Which way it went.</param>
/// <param name="Mark">Its frame.</param>
/// <param name="Payload">Its payload, as far as it was captured.</param>
/// <param name="Length">Bytes of the payload on the wire.</param>
internal sealed record RecordedDatagram(Direction From, FrameMark Mark, ReadOnlyMemory<byte> Payload, int Length)
{
    /// <summary>0 for the flow's own endpoints, else the number of one of <see cref="RecordedUdpFlow.Paths"/>, from 1.</summary>
    public int Path { get; init; }
}
