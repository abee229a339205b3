using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>A protocol over UDP with state across all flows: queries and answers. One that follows a flow is an <see cref="IDatagramFlowProtocol"/>.</summary>
internal interface IDatagramProtocol
{
    /// <summary>Takes a datagram; false where it is something else.</summary>
    bool Datagram(in Packet packet);

    /// <summary>When the next thing has waited too long, which is so from a nanosecond later on; null where nothing waits.</summary>
    Timestamp? DueAt { get; }

    /// <summary>Capture time goes on; what waited too long is given up.</summary>
    void Advance(Timestamp now);

    /// <summary>The capture is over.</summary>
    void Finish();
}
