using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols;

/// <summary>
/// Reads the start of a stream until a protocol recognises it by its content, then hands everything over to that
/// protocol. Each direction is judged for itself: a TLS alert that answers plain HTTP is still TLS.
/// </summary>
public sealed class StreamProber(TcpFlow flow, IReadOnlyList<IStreamProtocol> protocols, AnalyzerLimits limits) : IStreamReader, IDialogue
{
    /// <summary>What recognised the stream; null where nothing did.</summary>
    public IStreamDialogue? Dialogue { get; private set; }

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (Dialogue is not null)
        {
            Dialogue.Bytes(from, bytes, mark);
            return;
        }
        ref var half = ref this[from];
        if (half.IsGivenUp)
        {
            half.Dropped += bytes.Length;
            return;
        }

        var start = half.Start;
        var known = start is null ? bytes : Join(start, bytes);
        switch (Ask(known, out var protocol))
        {
            case ProbeVerdict.Certain:
                Begin(protocol!, mark);
                Dialogue!.Bytes(from, bytes, mark);
                break;
            case ProbeVerdict.Unsure when known.Length < limits.ProbeBytes:
                Keep(from, bytes, known, mark);
                break;
            default:
                Keep(from, bytes, known, mark);
                half.IsGivenUp = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (Dialogue is not null) Dialogue.Gap(from, gap);
        else Miss(from, gap);
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => Dialogue?.IsSatisfied(from) ?? this[from].IsGivenUp;

    /// <summary>True where both directions spoke and no protocol recognised either.</summary>
    public bool HasGivenUp => Dialogue is null && forward.IsGivenUp && reverse.IsGivenUp;

    /// <summary>What the protocol learned so far; where none recognised the stream, what its first bytes look like.</summary>
    public IReadOnlyList<ProtocolFacts> SoFar() => Dialogue?.SoFar() ?? Unrecognised();

    /// <inheritdoc/>
    public bool TryServerName(out string? name)
    {
        name = null;
        return Dialogue is not null && Dialogue.TryServerName(out name);
    }

    /// <inheritdoc/>
    public string? AskedName => Dialogue?.AskedName;

    /// <summary>The stream is over: what the protocol learned; where none recognised it, what its first bytes look like.</summary>
    public IReadOnlyList<ProtocolFacts> Finish() => Dialogue?.Finish() ?? Unrecognised();

    private ProbeVerdict Ask(ReadOnlySpan<byte> start, out IStreamProtocol? recognised)
    {
        var verdict = ProbeVerdict.NotForUs;
        recognised = null;
        for (var i = 0; i < protocols.Count; i++)
        {
            var protocol = protocols[i];
            var one = protocol.Probe(start, flow);
            if (one > verdict) verdict = one;
            if (one != ProbeVerdict.Certain) continue;
            recognised = protocol;
            return one;
        }
        return verdict;
    }

    /// <summary>Bytes are missing here: what follows is not joined to what was before.</summary>
    private void Miss(Direction from, StreamGap gap)
    {
        ref var half = ref this[from];
        if (half.IsGivenUp) return;
        if (waiting is { Count: >= MostPieces })
        {
            // Every packet is cut so short that its bytes could be anything.
            half.IsGivenUp = half.HasLostStart = true;
            return;
        }

        (waiting ??= []).Add(new Waiting(from, [], gap.Mark, gap));
        if (half.First is null) half.HasLostStart = true;
        half.Start = null;
    }

    private IReadOnlyList<ProtocolFacts> Unrecognised()
    {
        if (forward.First is null && reverse.First is null) return [];
        var isGivenUp = forward is { IsGivenUp: true, HasLostStart: false } || reverse is { IsGivenUp: true, HasLostStart: false };
        var isStartSeen = isGivenUp || forward is { First: not null, HasLostStart: false } || reverse is { First: not null, HasLostStart: false };
        return [new CleartextFacts(StepOf(Direction.Forward), StepOf(Direction.Reverse), isStartSeen, isGivenUp ? Confidence.Proved : Confidence.Likely)];
    }

    private CleartextStep? StepOf(Direction from)
    {
        ref var half = ref this[from];
        if (half.First is not { } first) return null;

        // What begins in the middle of something unknown names no protocol.
        return new CleartextStep(Cleartext.Of(half.HasLostStart ? default : first), flow[from].Delivered) { From = from, First = half.FirstMark, Last = half.FirstMark };
    }

    private void Begin(IStreamProtocol protocol, FrameMark now)
    {
        Dialogue = protocol.Begin(flow);
        foreach (var entry in waiting ?? [])
        {
            if (entry.Gap is { } gap) Dialogue.Gap(entry.From, gap);
            else Dialogue.Bytes(entry.From, entry.Bytes, entry.Mark);
        }

        Drop(Direction.Forward, now);
        Drop(Direction.Reverse, now);
        waiting = null;
    }

    private void Drop(Direction from, FrameMark now)
    {
        ref var half = ref this[from];
        if (half.Dropped > 0) Dialogue!.Gap(from, new StreamGap(GapKind.CapReached, half.Dropped, now));
        half.Start = null;
    }

    private void Keep(Direction from, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> known, FrameMark mark)
    {
        ref var half = ref this[from];
        var kept = Math.Clamp(limits.ProbeBytes - (known.Length - bytes.Length), 0, bytes.Length);
        (waiting ??= []).Add(new Waiting(from, bytes[..kept].ToArray(), mark, null));
        half.Dropped += bytes.Length - kept;
        half.Start = known.ToArray();
        if (half.First is null) (half.First, half.FirstMark) = (half.Start, mark);
    }

    private static byte[] Join(byte[] start, ReadOnlySpan<byte> bytes)
    {
        var joined = new byte[start.Length + bytes.Length];
        start.CopyTo(joined, 0);
        bytes.CopyTo(joined.AsSpan(start.Length));
        return joined;
    }

    private ref Half this[Direction from] => ref from == Direction.Forward ? ref forward : ref reverse;

    /// <summary>Pieces between holes that are kept: a protocol that shows in none of them is not recognised.</summary>
    private const int MostPieces = 128;

    private Half forward;
    private Half reverse;
    private List<Waiting>? waiting;

    private struct Half
    {
        /// <summary>What is kept of the first bytes.</summary>
        public byte[]? Start;

        /// <summary>The first piece that was seen; null where none was.</summary>
        public byte[]? First;

        /// <summary>The frame of <see cref="First"/>.</summary>
        public FrameMark FirstMark;

        /// <summary>Bytes are missing before <see cref="First"/>, or their number is unknown.</summary>
        public bool HasLostStart;

        /// <summary>No protocol knows them.</summary>
        public bool IsGivenUp;

        /// <summary>Bytes that were not kept.</summary>
        public long Dropped;
    }

    private readonly record struct Waiting(Direction From, byte[] Bytes, FrameMark Mark, StreamGap? Gap);
}
