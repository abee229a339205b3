using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Transport;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// What the receiver of one direction reported beyond the cumulative acknowledgment (selective acknowledgments, RFC 2018), and what
/// the sender's sequence numbers show that it sent. Together they distinguish bytes lost on the path from bytes missing in the capture.
/// </summary>
internal struct Scoreboard
{
    private SentSegments unacknowledged;

    /// <summary>The first position that the receiver has behind the bytes that it lacks; 0 where it reports no such bytes.</summary>
    public long SackedFrom { get; private set; }

    /// <summary>The frame of the first report of that gap.</summary>
    public FrameMark FirstSack { get; private set; }

    /// <summary>The receiver's latest packet that carried an acknowledgment.</summary>
    public FrameMark LastHeard { get; private set; }

    /// <summary>Repetitions since the acknowledgment last moved.</summary>
    public int Repeats { get; private set; }

    /// <summary>The first of those repetitions.</summary>
    public FrameMark FirstRepeat { get; private set; }

    /// <summary>The position after the last byte (or FIN) that the sender's own sequence numbers say was sent; a RST's are not believed.</summary>
    public long SentUntil { get; private set; }

    /// <summary>The frame that reported it.</summary>
    public FrameMark SentMark { get; private set; }

    /// <summary>The captured segments that were not acknowledged, oldest first, as far as they are remembered.</summary>
    public readonly IReadOnlyList<(long Start, long End, long Frame)> Unacknowledged => unacknowledged.All;

    /// <summary>The frame of the captured, unacknowledged segment that begins at a position; 0 where none is remembered.</summary>
    public readonly long FrameOf(long position) => unacknowledged.FrameOf(position);

    /// <summary>The stream begins: nothing was sent before its first byte.</summary>
    public void Begin(long start) => this = new Scoreboard { SentUntil = start };

    /// <summary>The sender's number after a packet.</summary>
    public void Sent(long end, FrameMark mark)
    {
        if (end > SentUntil) (SentUntil, SentMark) = (end, mark);
    }

    /// <summary>A segment with new bytes was captured.</summary>
    public void Captured(long start, long end, FrameMark mark) => unacknowledged.Add(start, end, mark.Frame);

    /// <summary>Bytes were sent again.</summary>
    public void Repeated(FrameMark mark)
    {
        if (Repeats++ == 0) FirstRepeat = mark;
    }

    /// <summary>True where the receiver itself named the position up to which it has everything: the first one may be a guess.</summary>
    public bool IsAcknowledgmentSeen { get; private set; }

    /// <summary>The receiver spoke; <paramref name="acknowledged"/> is the cumulative acknowledgment so far.</summary>
    /// <param name="packet">Its packet.</param>
    /// <param name="acknowledged">Position up to which it has everything.</param>
    /// <param name="isSame">True where this packet named it.</param>
    /// <param name="hasMoved">True where this packet moved it.</param>
    public void Heard(in Packet packet, long acknowledged, bool isSame, bool hasMoved)
    {
        LastHeard = packet.Mark;
        IsAcknowledgmentSeen |= isSame;
        if (hasMoved)
        {
            (Repeats, FirstRepeat) = (0, default);
            unacknowledged.Acknowledge(acknowledged);
            if (SackedFrom <= acknowledged) (SackedFrom, FirstSack) = (0, default);
        }

        if (packet.Options.Length >= ShortestSack && !IsTimestampAlone(packet.Options)) ReadSack(in packet, acknowledged);
    }

    private void ReadSack(in Packet packet, long acknowledged)
    {
        foreach (var option in new TcpOptions(packet.Options))
        {
            for (var i = 0; option.TrySackBlock(i, out var left, out var right); i++)
            {
                var start = SequenceNumber.Lift(acknowledged, left);

                // A block at or below the acknowledgment reports a duplicate (RFC 2883).
                if (start <= acknowledged || SequenceNumber.Distance(left, right) <= 0 || start > acknowledged + HalfStream.Reach) continue;
                if (SackedFrom == 0) FirstSack = packet.Mark;
                if (SackedFrom == 0 || start < SackedFrom) SackedFrom = start;
            }
        }
    }

    /// <summary>What nearly every packet carries, in the layout of RFC 7323 appendix A: two NOPs and the timestamps.</summary>
    private static bool IsTimestampAlone(ReadOnlySpan<byte> options) => options.Length == 12 && options[..4].SequenceEqual(TimestampAlone);

    /// <summary>An option with one block.</summary>
    private const int ShortestSack = 10;

    private static ReadOnlySpan<byte> TimestampAlone => [1, 1, 8, 10];
}
