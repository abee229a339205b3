using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>Joins the fragments of one direction (RFC 5216 section 2.1.5): the peer acknowledges each before the next is sent, so they come in order.</summary>
/// <param name="from">The direction.</param>
/// <param name="limits">The caps.</param>
/// <param name="reader">Receives the TLS data.</param>
internal sealed class EapFragments(Direction from, AnalyzerLimits limits, IStreamReader reader)
{
    private readonly List<(ReadOnlyMemory<byte> Bytes, FrameMark Mark)> waiting = [];
    private uint? total;
    private int held;
    private bool isInside;

    /// <summary>Packets with TLS data.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a packet of the method.</summary>
    public void Take(in EapPacket packet, FrameMark mark)
    {
        if (packet.Tls is not { IsEmpty: false } bytes) return;
        Count++;
        if (packet.TotalLength is { } said && (total != said || waiting.Count == 0)) Begin(said);
        else if (waiting.Count == 0 && (isInside || packet.HasMore || !BeginsRecord(bytes.Span))) isInside = true;
        if (isInside)
        {
            // The first fragment of the series, which has its length, is missing.
            isInside = packet.HasMore;
            Lose(GapKind.NotCaptured, mark);
            return;
        }

        if (held + bytes.Length > limits.HandshakeMessageBytes)
        {
            // The rest of a series that is too long is no beginning.
            isInside = packet.HasMore;
            Lose(GapKind.CapReached, mark);
            return;
        }

        waiting.Add((bytes, mark));
        held += bytes.Length;
        if (!packet.HasMore) End(mark);
    }

    /// <summary>The capture is over: what came of an unfinished series is read as far as it goes.</summary>
    public void Finish()
    {
        foreach (var (bytes, at) in waiting) reader.Bytes(from, bytes.Span, at);
        Clear();
    }

    /// <summary>Packets before this one were not captured.</summary>
    public void Miss(FrameMark mark)
    {
        isInside |= waiting.Count > 0;
        Lose(GapKind.NotCaptured, mark);
    }

    private void Begin(uint said)
    {
        isInside = false;
        if (waiting.Count > 0) Lose(GapKind.NotCaptured, waiting[^1].Mark);
        total = said;
    }

    /// <summary>Which of the fragments is missing is not visible: none of them can be placed.</summary>
    private void End(FrameMark mark)
    {
        if (total is { } said && said != held) Lose(GapKind.NotCaptured, mark);
        else Finish();
    }

    /// <summary>True for the type and the major version of a TLS record.</summary>
    private static bool BeginsRecord(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] is >= 20 and <= 24 && bytes[1] == 3;

    private void Lose(GapKind kind, FrameMark mark)
    {
        reader.Gap(from, new StreamGap(kind, Math.Max(held, total ?? 0), mark));
        Clear();
    }

    private void Clear()
    {
        waiting.Clear();
        (total, held) = (null, 0);
    }
}
