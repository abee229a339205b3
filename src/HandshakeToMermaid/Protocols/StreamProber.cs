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
        if (given[(int)from])
        {
            dropped[(int)from] += bytes.Length;
            return;
        }
        var start = starts[(int)from];
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
                given[(int)from] = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (Dialogue is not null) Dialogue.Gap(from, gap);
        else if (!given[(int)from]) waiting.Add(new Waiting(from, [], gap.Mark, gap));
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => Dialogue?.IsSatisfied(from) ?? given[(int)from];

    /// <summary>True where both directions spoke and no protocol recognised either.</summary>
    public bool HasGivenUp => Dialogue is null && given[0] && given[1];

    /// <summary>What the protocol learned so far; nothing where none recognised the stream.</summary>
    public IReadOnlyList<ProtocolFacts> SoFar() => Dialogue?.SoFar() ?? [];

    /// <summary>The stream is over: what the protocol learned; nothing where none recognised it.</summary>
    public IReadOnlyList<ProtocolFacts> Finish() => Dialogue?.Finish() ?? [];

    private ProbeVerdict Ask(ReadOnlySpan<byte> start, out IStreamProtocol? recognised)
    {
        var verdict = ProbeVerdict.NotForUs;
        recognised = null;
        foreach (var protocol in protocols)
        {
            var one = protocol.Probe(start, flow);
            if (one > verdict) verdict = one;
            if (one != ProbeVerdict.Certain) continue;
            recognised = protocol;
            return one;
        }
        return verdict;
    }

    private void Begin(IStreamProtocol protocol, FrameMark now)
    {
        Dialogue = protocol.Begin(flow);
        foreach (var entry in waiting)
        {
            if (entry.Gap is { } gap) Dialogue.Gap(entry.From, gap);
            else Dialogue.Bytes(entry.From, entry.Bytes, entry.Mark);
        }
        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            if (dropped[(int)from] > 0) Dialogue.Gap(from, new StreamGap(GapKind.CapReached, dropped[(int)from], now));
        }
        waiting.Clear();
        starts[0] = starts[1] = null;
    }

    private void Keep(Direction from, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> known, FrameMark mark)
    {
        var kept = Math.Clamp(limits.ProbeBytes - (known.Length - bytes.Length), 0, bytes.Length);
        waiting.Add(new Waiting(from, bytes[..kept].ToArray(), mark, null));
        dropped[(int)from] += bytes.Length - kept;
        starts[(int)from] = known.ToArray();
    }

    private static byte[] Join(byte[] start, ReadOnlySpan<byte> bytes)
    {
        var joined = new byte[start.Length + bytes.Length];
        start.CopyTo(joined, 0);
        bytes.CopyTo(joined.AsSpan(start.Length));
        return joined;
    }

    private readonly byte[]?[] starts = new byte[]?[2];
    private readonly bool[] given = new bool[2];
    private readonly long[] dropped = new long[2];
    private readonly List<Waiting> waiting = [];

    private readonly record struct Waiting(Direction From, byte[] Bytes, FrameMark Mark, StreamGap? Gap);
}
