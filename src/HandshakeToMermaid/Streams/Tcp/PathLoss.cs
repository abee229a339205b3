using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Bytes of one direction that were sent but never received, as the receiver's acknowledgments show (RFC 9293 section 3.4, RFC 2018):
/// they were lost on the path. Bytes missing from the capture alone are no evidence: the capturing machine may have dropped them.
/// </summary>
/// <param name="Start">The position of the first of them.</param>
/// <param name="End">The position after the last.</param>
/// <param name="Mark">The frame that first showed it.</param>
/// <param name="HasLaterBytes">True where bytes behind them arrived.</param>
/// <param name="Sendings">The frames that carried them, in order, where the capture stands before the place of the loss.</param>
/// <param name="Evidence">The frames that show it, in order.</param>
internal sealed record PathLoss(long Start, long End, FrameMark Mark, bool HasLaterBytes, IReadOnlyList<long> Sendings, IReadOnlyList<long> Evidence)
{
    /// <summary>How many bytes.</summary>
    public long Bytes => End - Start;

    /// <summary>What a flow that is over lost in one direction; null where nothing shows a loss.</summary>
    internal static PathLoss? Of(TcpTracker flow, Direction from)
    {
        var half = flow[from];
        var receiver = flow[from.Opposite()];
        if (!half.HasBegun || receiver.IsWindowClosed) return null;

        // A later acknowledgment may be among what the capture lacks, or among what came for a connection that was closed by then.
        if (receiver.LacksBytes || (receiver.Fin.IsSet && receiver.Rst.IsSet && receiver.Rst.Frame > receiver.Fin.Frame)) return null;
        ref readonly var board = ref half.Scoreboard;
        var start = half.Acknowledged;
        var isMidway = half.JoinedMidway || receiver.JoinedMidway;
        if (isMidway && !board.IsAcknowledgmentSeen) return null;
        if (board.SackedFrom > start)
        {
            return IsFinal(receiver, board.FirstSack, board) ? Found(flow, from, start, board.SackedFrom, half.FirstMissing ?? board.FirstSack, hasLater: true) : null;
        }

        if (half.Next > start)
        {
            var isRepeated = board.Repeats >= Enough && board.LastHeard.Frame > board.FirstRepeat.Frame;
            return isRepeated && IsFinal(receiver, board.FirstRepeat, board) ? Found(flow, from, start, half.Next, board.FirstRepeat, hasLater: false) : null;
        }

        // Nothing of it was captured: the sender's sequence number shows that it was sent, and the receiver closed without it.
        if (isMidway) return null;
        var asked = receiver.FirstPayload;
        var hasWaited = asked.IsSet && board.LastHeard.Time - asked.Time >= Patience;
        return start == half.Next && half.SentBytesUntil > half.Next + 1 && hasWaited ? Found(flow, from, half.Next, half.SentBytesUntil, board.SentMark, hasLater: false) : null;
    }

    /// <summary>The frames that carried bytes of a stretch that was never acknowledged, in order, as far as they are remembered.</summary>
    internal static IReadOnlyList<long> SendingsOf(TcpTracker flow, Direction from, long start, long end)
    {
        ref readonly var board = ref flow[from].Scoreboard;
        var frames = new SortedSet<long>();
        foreach (var segment in board.Unacknowledged)
        {
            if (segment.Start < end && segment.End > start) frames.Add(segment.Frame);
        }

        foreach (var what in flow.Events)
        {
            if (what.Kind == TcpEventKind.Retransmission && what.From == from && board.Repeats > 0 && what.Mark.Frame >= board.FirstRepeat.Frame) frames.Add(what.Mark.Frame);
        }

        return [.. frames];
    }

    /// <summary>True where the receiver ended the connection without the bytes, or went on without them for longer than reordering takes.</summary>
    private static bool IsFinal(HalfStream receiver, FrameMark since, in Scoreboard board) =>
        IsNotBefore(receiver.Fin, since) || IsNotBefore(receiver.Rst, since) || board.LastHeard.Time - since.Time >= Patience
        || (board.Repeats >= Enough && IsAfter(board.LastHeard, board.FirstRepeat));

    private static bool IsNotBefore(FrameMark mark, FrameMark other) => mark.IsSet && mark.Frame >= other.Frame;

    private static bool IsAfter(FrameMark mark, FrameMark other) => mark.IsSet && mark.Frame > other.Frame;

    private static PathLoss Found(TcpTracker flow, Direction from, long start, long end, FrameMark mark, bool hasLater)
    {
        var half = flow[from];
        var receiver = flow[from.Opposite()];
        ref readonly var board = ref half.Scoreboard;
        var sendings = SendingsOf(flow, from, start, end);
        var evidence = new SortedSet<long>(sendings.Take(MaxSendings)) { mark.Frame };
        if (hasLater) evidence.Add(board.FirstSack.Frame);
        if (receiver.Fin.IsSet) evidence.Add(receiver.Fin.Frame);
        else if (receiver.Rst.IsSet) evidence.Add(receiver.Rst.Frame);
        return new PathLoss(start, end, mark, hasLater, sendings, [.. evidence]);
    }

    /// <summary>Repetitions that are no coincidence.</summary>
    private const int Enough = 2;

    private const int MaxSendings = 6;

    /// <summary>The initial retransmission timeout (RFC 6298 section 2): reordering is over long before.</summary>
    private static readonly Duration Patience = Duration.FromSeconds(1);
}
