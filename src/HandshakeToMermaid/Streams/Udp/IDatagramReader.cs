using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>Takes the datagrams of a UDP flow as they were captured: none is put in order, repeated ones come again.</summary>
public interface IDatagramReader
{
    /// <summary>
    /// Takes the next datagram (<see cref="Packet.Payload"/> is its captured part). False where it begins something else on the same
    /// endpoints: the flow is then closed without it, and it is judged as the first of another.
    /// </summary>
    bool Datagram(Direction from, in Packet packet);

    /// <summary>True once both sides are done: the flow is closed after a linger. False where only silence tells.</summary>
    bool IsOver { get; }
}
