using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>Why a visit has two lanes, for both of them.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Confidence">Whether the capture shows it, or only fits it.</param>
/// <param name="Frames">The frames that show it.</param>
internal sealed record VisitCause(VisitReason Reason, string Sentence, Confidence Confidence, IReadOnlyList<long> Frames)
{
    /// <summary>The visit as one of its lanes has it.</summary>
    /// <param name="own">The lane.</param>
    /// <param name="other">The other lane.</param>
    public Visit For(Connection own, Connection other)
    {
        var (mine, others) = (own.Flow!.Flow.First.Frame, other.Flow!.Flow.First.Frame);
        return new Visit(Math.Min(mine, others), own.Transport, Reason, Sentence, Confidence, Frames, other.Server.Endpoint!.Value, others);
    }
}
