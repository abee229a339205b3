using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>
/// Chooses the datagrams of a QUIC flow that are recorded: all of the handshake, the first ones behind it (tickets, the first exchange and what
/// acknowledges it), and the last small ones, one of which may close the connection.
/// </summary>
internal sealed class QuicFilter : IDatagramFilter
{
    private readonly int[] dataDatagrams = new int[2];

    /// <inheritdoc/>
    public bool IsOver => false;

    /// <inheritdoc/>
    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        var isData = !payload.IsEmpty && (payload[0] & LongHeader) == 0;
        return isData && dataDatagrams[(int)from]++ >= MaxDataDatagrams ? DatagramChoice.RecordIfLast : DatagramChoice.Record;
    }

    /// <summary>A connection may move once its handshake is confirmed (RFC 9000 section 9), which both sides' short headers show.</summary>
    public bool MayMove(ReadOnlySpan<byte> payload) =>
        dataDatagrams[0] > 0 && dataDatagrams[1] > 0 && (payload.IsEmpty || ((payload[0] & LongHeader) == 0 && payload.Length >= ShortestPacket));

    /// <inheritdoc/>
    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length)
    {
        var (packets, bytes) = (0, 0L);
        while (QuicPacket.TryRead(ref payload, ref length, out var packet)) (packets, bytes) = (packets + 1, bytes + packet.Bytes.Length);
        return (packets, bytes);
    }

    /// <summary>Header Form (RFC 9000 section 17.2).</summary>
    private const byte LongHeader = 0x80;

    private const int MaxDataDatagrams = 32;

    /// <summary>A short header, a number, a byte and a tag, as a receiver needs them (RFC 9001 section 5.4.2).</summary>
    private const int ShortestPacket = 21;
}
