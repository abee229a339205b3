using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>A protocol that is recognised in a datagram by its content, and then has that flow: a handshake over UDP.</summary>
internal interface IDatagramFlowProtocol : IProtocol
{
    /// <summary>What a connection's JSON calls it: "dtls", "quic".</summary>
    string Name { get; }

    /// <summary>
    /// Judges a datagram that belongs to no known flow. It is asked of most UDP packets of a capture, so it says no by the
    /// first bytes; it must bear any bytes, and be sure: what it takes is a connection of its own.
    /// </summary>
    bool Recognises(in Packet packet);

    /// <summary>Chooses what is recorded of a flow, from the recognised datagram on.</summary>
    IDatagramFilter BeginFilter();
}
