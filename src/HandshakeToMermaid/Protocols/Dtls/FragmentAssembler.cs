using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>
/// Puts one direction's handshake messages together (RFC 6347 section 4.2.3): fragments come in any order, overlap, and come again.
/// Memory is bounded by what really came, not by what headers declare.
/// </summary>
internal sealed class FragmentAssembler(AnalyzerLimits limits)
{
    private readonly List<AssembledMessage> messages = [];
    private int heldBytes;
    private int heldPieces;

    /// <summary>All messages of which something came, in no order.</summary>
    public IReadOnlyList<AssembledMessage> Messages => messages;

    /// <summary>True where a cap cut something off.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>
    /// Takes the next fragment of a record's content and moves behind it.
    /// </summary>
    /// <returns>The message that it is part of; null where the bytes are no fragment, or a cap forbids it.</returns>
    public AssembledMessage? Take(ref ReadOnlySpan<byte> content, FrameMark mark, int order, out bool isNew)
    {
        isNew = false;
        if (!FragmentHeader.TryRead(content, out var header) || !header.IsSane || FragmentHeader.Size + header.FragmentLength > content.Length)
        {
            content = default;
            return null;
        }

        var body = content.Slice(FragmentHeader.Size, header.FragmentLength);
        content = content[(FragmentHeader.Size + header.FragmentLength)..];
        if (Find(header) is not { } message) return null;
        if (!message.IsWhole && (heldBytes + body.Length > limits.HandshakeMessageBytes || heldPieces >= MaxPieces))
        {
            IsAboveCap = true;
            return null;
        }

        heldPieces -= message.Pieces;
        var added = message.Take(header.Offset, body, mark, order);
        heldPieces += message.Pieces;
        isNew = added >= 0;
        heldBytes += Math.Max(0, added);
        return message;
    }

    private AssembledMessage? Find(FragmentHeader header)
    {
        foreach (var message in messages)
        {
            if (message.Sequence == header.Sequence && message.Type == header.Type && message.Length == header.Length) return message;
        }

        if (header.Length > limits.HandshakeMessageBytes || messages.Count >= limits.MessagesPerConnection)
        {
            IsAboveCap = true;
            return null;
        }

        var added = new AssembledMessage(header.Type, header.Length, header.Sequence);
        messages.Add(added);
        return added;
    }

    /// <summary>Waiting pieces of one direction: a chain of 256 KiB in pieces of 64 bytes.</summary>
    private const int MaxPieces = 4096;
}
