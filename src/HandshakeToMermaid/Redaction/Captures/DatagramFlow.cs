using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The conversations between two endpoints over UDP, one after the other.</summary>
/// <param name="beginFilter">Says where another conversation begins, as it does when a capture is read.</param>
/// <param name="begin">Begins one.</param>
internal sealed class DatagramFlow(Func<IDatagramFilter> beginFilter, Func<IDatagramRewriter> begin)
{
    private readonly List<(long SinceFrame, IDatagramRewriter Rewriter)> all = [];
    private IDatagramFilter filter = beginFilter();

    /// <summary>Takes a datagram.</summary>
    /// <returns>How many bytes of memory were taken for it.</returns>
    public int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength)
    {
        var from = isForward ? Direction.Forward : Direction.Reverse;
        if (all.Count == 0 || filter.Choose(from, payload, wireLength) == DatagramChoice.BeginsAnother)
        {
            filter = beginFilter();
            filter.Choose(from, payload, wireLength);
            all.Add((frame, begin()));
        }

        return all[^1].Rewriter.Collect(frame, isForward, payload, wireLength);
    }

    /// <summary>Between the passes.</summary>
    public void Rewrite()
    {
        foreach (var (_, rewriter) in all) rewriter.Rewrite();
    }

    /// <summary>Rewrites a datagram; false for one in front of the first conversation.</summary>
    public bool TryApply(long frame, bool isForward, Span<byte> payload, int wireLength)
    {
        var at = all.FindLastIndex(c => c.SinceFrame <= frame);
        if (at < 0) return false;
        all[at].Rewriter.Apply(frame, isForward, payload, wireLength);
        return true;
    }
}
