using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Puts the bytes of one direction of a stream in order by their offsets (RFC 9000 section 2.2). The first bytes of a place win.</summary>
/// <param name="maxBytes">Bytes that may wait for others.</param>
/// <param name="maxPieces">Pieces that may wait for others.</param>
internal sealed class OrderedBytes(int maxBytes, int maxPieces)
{
    private readonly SortedDictionary<ulong, (ReadOnlyMemory<byte> Bytes, FrameMark Mark)> waiting = [];
    private StreamClock clock;
    private ulong next;
    private int waitingBytes;

    /// <summary>True where bytes before some that came are missing.</summary>
    public bool HasHole => waiting.Count > 0;

    /// <summary>True if more bytes arrived out of order than the cap allows.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>Takes a frame's bytes; answers with the pieces that are in order now, each with the time at which all before it were there.</summary>
    public List<(ReadOnlyMemory<byte> Bytes, FrameMark Mark)> Take(ulong offset, ReadOnlyMemory<byte> bytes, FrameMark mark)
    {
        List<(ReadOnlyMemory<byte> Bytes, FrameMark Mark)> ready = [];
        if (offset + (ulong)bytes.Length <= next || bytes.IsEmpty) return ready;
        if (offset > next && (waitingBytes + bytes.Length > maxBytes || waiting.Count >= maxPieces))
        {
            IsAboveCap = true;
            return ready;
        }

        if (!waiting.TryGetValue(offset, out var known) || known.Bytes.Length < bytes.Length)
        {
            waitingBytes += bytes.Length - known.Bytes.Length;
            waiting[offset] = (bytes, mark);
        }

        while (waiting.Count > 0)
        {
            var (start, (piece, at)) = waiting.First();
            if (start > next) break;
            waiting.Remove(start);
            waitingBytes -= piece.Length;
            if (start + (ulong)piece.Length <= next) continue;
            var fresh = piece[(int)(next - start)..];
            next += (ulong)fresh.Length;
            ready.Add((fresh, clock.Advance(at)));
        }

        return ready;
    }
}
