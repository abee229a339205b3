using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Recognition;

/// <summary>
/// Finds the protocol of a recorded stream by its content. Each direction is judged for itself, from its first bytes and again behind every
/// gap: a TLS alert that answers plain HTTP is still TLS.
/// </summary>
internal sealed class StreamRecognition
{
    private readonly RecordedTcpFlow flow;
    private readonly IReadOnlyList<IStreamProtocol> protocols;
    private readonly AnalyzerLimits limits;
    private Half forward;
    private Half reverse;

    /// <summary>Looks through a flow.</summary>
    /// <param name="flow">The flow, or what was recorded of it so far.</param>
    /// <param name="protocols">The protocols; the first that is certain of some bytes has the stream.</param>
    /// <param name="limits">The caps.</param>
    public StreamRecognition(RecordedTcpFlow flow, IReadOnlyList<IStreamProtocol> protocols, AnalyzerLimits limits)
    {
        (this.flow, this.protocols, this.limits) = (flow, protocols, limits);
        Protocol = Recognise();
    }

    /// <summary>The protocol; null where none knows the stream.</summary>
    public IStreamProtocol? Protocol { get; }

    /// <summary>What the first bytes look like where no protocol knows them; null where there are none.</summary>
    public CleartextFacts? Cleartext()
    {
        if (!forward.HasFirst && !reverse.HasFirst) return null;
        var isGivenUp = forward is { IsGivenUp: true, HasLostStart: false } || reverse is { IsGivenUp: true, HasLostStart: false };
        var isStartSeen = isGivenUp || IsStartSeen(Direction.Forward) || IsStartSeen(Direction.Reverse);
        return new CleartextFacts(StepOf(Direction.Forward), StepOf(Direction.Reverse), isStartSeen, isGivenUp ? Confidence.Certain : Confidence.Likely)
        {
            IsFinal = forward.IsGivenUp && reverse.IsGivenUp,
        };
    }

    /// <summary>True where the beginning of a direction was seen; where packets are cut within what could still be a protocol that is known, it was not.</summary>
    private bool IsStartSeen(Direction from) => this[from] is { HasFirst: true, HasLostStart: false } && flow[from].CutBytes == 0;

    private IStreamProtocol? Recognise()
    {
        foreach (ref readonly var segment in flow.Segments)
        {
            ref var half = ref this[segment.From];
            if (half.IsGivenUp) continue;
            if (segment.Kind == SegmentKind.Gap) Miss(ref half, segment);
            else if (segment.Kind == SegmentKind.Bytes && Ask(ref half, segment) is { } protocol) return protocol;
        }

        return null;
    }

    private IStreamProtocol? Ask(ref Half half, in RecordedSegment segment)
    {
        var known = flow.BytesOf(segment.From).Span[half.PieceStart..(segment.Start + segment.Length)];
        if (!half.HasFirst) (half.First, half.FirstLength, half.FirstMark) = (segment.Start, segment.Length, segment.Mark);
        var isUnsure = false;
        for (var i = 0; i < protocols.Count; i++)
        {
            var verdict = protocols[i].Probe(known, flow);
            if (verdict == ProbeVerdict.Certain) return protocols[i];
            isUnsure |= verdict == ProbeVerdict.Unsure;
        }

        half.IsGivenUp = !isUnsure || known.Length >= limits.ProbeBytes;
        return null;
    }

    /// <summary>Bytes are missing here: what follows is not joined to what was before.</summary>
    private static void Miss(ref Half half, in RecordedSegment gap)
    {
        // Where every packet is cut so short, its bytes could be anything.
        if (++half.Pieces > MaxPieces) half.IsGivenUp = half.HasLostStart = true;
        half.HasLostStart |= !half.HasFirst;
        half.PieceStart = gap.Start;
    }

    private CleartextStep? StepOf(Direction from)
    {
        ref var half = ref this[from];
        if (!half.HasFirst) return null;

        // What begins in the middle of something unknown names no protocol.
        var first = half.HasLostStart ? default : flow.BytesOf(from).Span.Slice(half.First, half.FirstLength);
        return new CleartextStep(HandshakeToMermaid.Protocols.Recognition.Cleartext.Of(first), flow[from].Delivered) { From = from, First = half.FirstMark, Last = half.FirstMark };
    }

    private ref Half this[Direction from] => ref from == Direction.Forward ? ref forward : ref reverse;

    /// <summary>Pieces between gaps that are looked at: a protocol that shows in none of them is not recognised.</summary>
    private const int MaxPieces = 128;

    private struct Half
    {
        /// <summary>Where the first bytes that were seen begin.</summary>
        public int First;

        /// <summary>How many came in the first frame.</summary>
        public int FirstLength;

        /// <summary>That frame.</summary>
        public FrameMark FirstMark;

        /// <summary>Where the bytes behind the last gap begin.</summary>
        public int PieceStart;

        /// <summary>Gaps so far.</summary>
        public int Pieces;

        /// <summary>Bytes are missing before the first ones, or their number is unknown.</summary>
        public bool HasLostStart;

        /// <summary>No protocol knows them.</summary>
        public bool IsGivenUp;

        public readonly bool HasFirst => FirstMark.IsSet;
    }
}
