using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Puts the CRYPTO frames of one direction and level in order (RFC 9000 section 7.5) and cuts them into messages. The first bytes of a place win.</summary>
internal sealed class CryptoStream(AnalyzerLimits limits)
{
    private readonly SortedDictionary<ulong, (ReadOnlyMemory<byte> Bytes, FrameMark Mark)> waiting = [];
    private readonly HandshakeAssembler assembler = new(limits);
    private StreamClock clock;
    private ulong next;
    private int waitingBytes;

    /// <summary>True where bytes before some that came are missing.</summary>
    public bool HasHole => waiting.Count > 0 || assembler.IsInside;

    /// <summary>True if more bytes arrived out of order than the cap allows.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>Takes a frame's bytes; answers with the messages that they completed.</summary>
    public List<RawMessage> Take(ulong offset, ReadOnlyMemory<byte> bytes, FrameMark mark)
    {
        List<RawMessage> messages = [];
        if (offset + (ulong)bytes.Length <= next || bytes.IsEmpty) return messages;
        if (waitingBytes + bytes.Length > limits.OutOfOrderBytes || waiting.Count >= limits.OutOfOrderSegments)
        {
            IsAboveCap = true;
            return messages;
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
            var fresh = piece.Span[(int)(next - start)..];
            next += (ulong)fresh.Length;
            at = clock.Advance(at);
            while (!fresh.IsEmpty)
            {
                if (assembler.TryTake(ref fresh, at, out var message)) messages.Add(message);
            }
        }

        return messages;
    }
}
