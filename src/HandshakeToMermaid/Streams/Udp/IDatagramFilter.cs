namespace HandshakeToMermaid.Streams.Udp;

/// <summary>Chooses what is recorded of one UDP flow. Made by the protocol that recognised it.</summary>
internal interface IDatagramFilter
{
    /// <summary>Judges the next datagram.</summary>
    /// <param name="from">Which way it goes.</param>
    /// <param name="payload">Its payload, as far as it was captured.</param>
    /// <param name="length">Bytes of the payload on the wire.</param>
    DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length);

    /// <summary>What is counted of a datagram that is not recorded: its units of the protocol, and their bytes.</summary>
    (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length);

    /// <summary>True where several flows of the protocol may be open between the same endpoints: then each datagram is matched with all of them.</summary>
    bool SharesEndpoints => false;

    /// <summary>Where flows share endpoints: whether a datagram is of this one.</summary>
    DatagramMatch Match(ReadOnlySpan<byte> payload) => DatagramMatch.Certain;

    /// <summary>Where flows share endpoints: true for a datagram that begins another flow, if it is of none.</summary>
    bool Begins(ReadOnlySpan<byte> payload) => false;

    /// <summary>Where flows share endpoints: a datagram of another one went by.</summary>
    void Pass(ReadOnlySpan<byte> payload)
    {
    }

    /// <summary>True where a datagram between other endpoints may be of this flow, as the connection may have moved.</summary>
    /// <param name="payload">Its payload; empty to ask whether the connection can move at all.</param>
    bool MayMove(ReadOnlySpan<byte> payload) => false;

    /// <summary>True once both sides are done: the flow is closed after a linger. False where only the idle timeout ends it.</summary>
    bool IsOver { get; }
}
