using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Records;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Puts the CRYPTO frames of one direction and level in order (RFC 9000 section 7.5) and cuts them into messages.</summary>
internal sealed class CryptoStream(AnalyzerLimits limits)
{
    private readonly OrderedBytes bytesInOrder = new(limits.OutOfOrderBytes, limits.OutOfOrderSegments);
    private readonly HandshakeAssembler assembler = new(limits);

    /// <summary>True where bytes before some that came are missing.</summary>
    public bool HasHole => bytesInOrder.HasHole || assembler.IsInside;

    /// <summary>True if more bytes arrived out of order than the cap allows.</summary>
    public bool IsAboveCap => bytesInOrder.IsAboveCap;

    /// <summary>Takes a frame's bytes; answers with the messages that they completed.</summary>
    public List<RawMessage> Take(ulong offset, ReadOnlyMemory<byte> bytes, FrameMark mark)
    {
        List<RawMessage> messages = [];
        foreach (var (piece, at) in bytesInOrder.Take(offset, bytes, mark))
        {
            var fresh = piece.Span;
            while (!fresh.IsEmpty)
            {
                if (assembler.TryTake(ref fresh, at, out var message)) messages.Add(message);
            }
        }

        return messages;
    }
}
