using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Network;

/// <summary>The fragments of one datagram as far as they have come. Keeps what arrived, never room for what was only announced.</summary>
internal sealed class FragmentedDatagram
{
    internal FragmentedDatagram() => Node = new LinkedListNode<FragmentedDatagram>(this);

    /// <summary>Its place among those that wait, the one touched longest ago first.</summary>
    internal LinkedListNode<FragmentedDatagram> Node { get; }

    internal FragmentKey Key { get; private set; }

    /// <summary>When its first fragment came.</summary>
    internal Timestamp Since { get; private set; }

    /// <summary>Protocol and time to live are those of the fragment at offset 0.</summary>
    internal byte Protocol { get; private set; }

    /// <summary>Time to live of the fragment at offset 0.</summary>
    internal byte TimeToLive { get; private set; }

    /// <summary>How long the whole is; -1 until the last fragment has come.</summary>
    internal int Length { get; private set; }

    internal void Begin(in FragmentKey key, Timestamp now)
    {
        Key = key;
        Since = now;
        Length = -1;
        (covered, stored, fragments, isSpoiled) = (0, 0, 0, false);
        pieces.Clear();
    }

    /// <summary>Adds a fragment. A whole datagram is then copied out by <see cref="CopyTo"/>.</summary>
    internal FragmentProgress Add(in IpPayload fragment, byte timeToLive, ReadOnlySpan<byte> captured, bool isIpv6, int maxFragments, out WireFault fault)
    {
        fault = default;
        var (start, end) = (fragment.FragmentOffset, fragment.FragmentOffset + fragment.Length);
        if (isSpoiled) return Refuse(FaultKind.BadValue, fragment, out fault);
        if (++fragments > maxFragments)
        {
            Spoil();
            return Refuse(FaultKind.TooLong, fragment, out fault);
        }

        // An end that moves, and IPv6 bytes sent twice (RFC 8200 section 4.5), are how filters are deceived.
        var overlap = FirstPieceAfter(start);
        var overlaps = overlap < pieces.Count && pieces[overlap].Start < end;
        if (overlaps && isIpv6 && IsRepetition(pieces[overlap], start, end, captured)) return FragmentProgress.Waiting;
        if (ContradictsLength(end, fragment.MoreFragments) || (overlaps && isIpv6))
        {
            if (isIpv6) Spoil();
            return Refuse(FaultKind.BadValue, fragment, out fault);
        }

        if (!fragment.MoreFragments) Length = end;
        if (start == 0 && (pieces.Count == 0 || pieces[0].Start != 0)) (Protocol, TimeToLive) = (fragment.Protocol, timeToLive);
        Fill(overlap, start, end, captured);
        return covered == Length ? FragmentProgress.Whole : FragmentProgress.Waiting;
    }

    /// <summary>Copies the datagram up to the first byte that the capture does not hold; the answer is how many that are.</summary>
    internal int CopyTo(Span<byte> target)
    {
        var copied = 0;
        foreach (var piece in pieces)
        {
            bytes.AsSpan(piece.Stored, piece.Captured).CopyTo(target[copied..]);
            copied += piece.Captured;
            if (piece.Captured < piece.End - piece.Start) break;
        }

        return copied;
    }

    /// <summary>Takes the bytes from <paramref name="start"/> to <paramref name="end"/> except those that came before.</summary>
    private void Fill(int index, int start, int end, ReadOnlySpan<byte> captured)
    {
        for (var at = start; at < end; index++)
        {
            var next = index < pieces.Count ? Math.Min(pieces[index].Start, end) : end;
            if (at < next)
            {
                var from = Math.Min(at - start, captured.Length);
                var held = Math.Min(next - start, captured.Length) - from;
                pieces.Insert(index, new FragmentPiece(at, next, Store(captured.Slice(from, held)), held));
                covered += next - at;
            }

            at = pieces[index].End;
        }
    }

    private int Store(ReadOnlySpan<byte> captured)
    {
        var at = stored;
        if (bytes.Length < at + captured.Length) Array.Resize(ref bytes, Math.Max(at + captured.Length, Math.Min(bytes.Length * 2, FragmentAssembler.LongestDatagram)));
        captured.CopyTo(bytes.AsSpan(at));
        stored += captured.Length;
        return at;
    }

    private int FirstPieceAfter(int start)
    {
        var index = pieces.Count;
        while (index > 0 && pieces[index - 1].End > start) index--;
        return index;
    }

    private bool IsRepetition(FragmentPiece piece, int start, int end, ReadOnlySpan<byte> captured) =>
        piece.Start == start && piece.End == end && bytes.AsSpan(piece.Stored, piece.Captured).SequenceEqual(captured);

    private bool ContradictsLength(int end, bool moreFragments)
    {
        if (Length >= 0) return moreFragments ? end > Length : end != Length;
        return !moreFragments && pieces.Count > 0 && pieces[^1].End > end;
    }

    private void Spoil()
    {
        isSpoiled = true;
        pieces.Clear();
        bytes = [];
    }

    private static FragmentProgress Refuse(FaultKind kind, in IpPayload fragment, out WireFault fault)
    {
        fault = new WireFault(kind, fragment.Start, "Fragment Offset");
        return FragmentProgress.Broken;
    }

    private readonly List<FragmentPiece> pieces = new(4);
    private byte[] bytes = [];
    private int covered;
    private int stored;
    private int fragments;
    private bool isSpoiled;
}
