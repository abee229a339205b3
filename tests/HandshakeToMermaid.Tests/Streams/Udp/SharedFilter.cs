using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Tests.Streams.Udp;

/// <summary>
/// Flows that share endpoints: the first byte of a datagram is the number of its flow, 254 for one that may be of any, 255 for one of none. Numbers below 200 begin another flow.
/// </summary>
internal sealed class SharedFilter(byte number, bool shares = true) : IDatagramFilter
{
    /// <summary>Datagrams of this flow.</summary>
    public int Chosen { get; private set; }

    /// <summary>Datagrams of others that went by.</summary>
    public int Passed { get; private set; }

    public bool IsOver { get; set; }

    public bool Moves { get; init; }

    public bool SharesEndpoints => shares;

    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        Chosen++;
        return DatagramChoice.Record;
    }

    public DatagramMatch Match(ReadOnlySpan<byte> payload) =>
        payload[0] == number ? DatagramMatch.Certain : payload[0] == 254 ? DatagramMatch.Likely : DatagramMatch.No;

    public bool Begins(ReadOnlySpan<byte> payload) => payload[0] < 200;

    public void Pass(ReadOnlySpan<byte> payload) => Passed++;

    public bool MayMove(ReadOnlySpan<byte> payload) => Moves;

    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);
}
