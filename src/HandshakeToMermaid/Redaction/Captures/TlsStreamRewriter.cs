using System.Buffers.Binary;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One direction of a TCP connection, in place: handshake messages in the clear are rewritten, what is encrypted becomes noise under headers that stay,
/// so that all lengths and places are the same. What comes before TLS is masked.
/// </summary>
internal sealed class TlsStreamRewriter(HandshakeRewriter handshake, CleartextRewriter cleartext, Noise noise)
{
    private readonly List<byte> messages = [];
    private readonly List<int> places = [];
    private bool isProtected;

    /// <summary>Rewrites a stream from its beginning to its first gap.</summary>
    public void Rewrite(Span<byte> stream)
    {
        stream = stream[new Ssl2Rewriter(handshake, noise).Rewrite(stream)..];
        var at = StartOfTls(stream);
        cleartext.Rewrite(stream[..at]);
        Records(stream, at);
    }

    /// <summary>Goes on behind a gap, with the first record that begins there; what lies in front of it is noise.</summary>
    public void Resume(Span<byte> stream)
    {
        var at = StartOfTls(stream, isBeginning: false);
        noise.Fill(stream[..at], 0);
        Records(stream, at);
    }

    private void Records(Span<byte> stream, int at)
    {
        while (at + HeaderLength <= stream.Length && IsRecord(stream[at..]))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 3)..]);
            var start = at + HeaderLength;
            var end = Math.Min(stream.Length, start + length);
            Record(stream, stream[at], start, end, isWhole: end == start + length);
            at = end;
        }

        Finish(stream);
        noise.Fill(stream[at..], at);
    }

    private void Record(Span<byte> stream, byte type, int start, int end, bool isWhole)
    {
        var content = stream[start..end];
        switch (type)
        {
            case 20 when content.Length == 1:
                Finish(stream);
                isProtected = true;
                break;
            case 24 when !isProtected && content.Length > 3:
                // The type and the length that a heartbeat claims (RFC 6520 section 4).
                noise.Fill(content[3..], start + 3);
                break;
            case 21 when content.Length == 2:
                break;
            case 22 when !isProtected || IsHello(content):
                for (var i = start; i < end; i++)
                {
                    messages.Add(stream[i]);
                    places.Add(i);
                }

                if (isWhole) Messages(stream);
                break;
            default:
                noise.Fill(content, start);
                break;
        }
    }

    /// <summary>Rewrites the messages that are whole.</summary>
    private void Messages(Span<byte> stream)
    {
        while (messages.Count >= 4)
        {
            var length = (messages[1] << 16) | (messages[2] << 8) | messages[3];
            if (messages.Count < 4 + length) return;
            var body = messages.GetRange(4, length).ToArray();
            handshake.Rewrite(messages[0], body);
            for (var i = 0; i < length; i++) stream[places[4 + i]] = body[i];
            messages.RemoveRange(0, 4 + length);
            places.RemoveRange(0, 4 + length);
        }
    }

    /// <summary>Of a message whose end is missing nothing stays but its header.</summary>
    private void Finish(Span<byte> stream)
    {
        for (var i = 4; i < places.Count; i++) noise.Fill(stream.Slice(places[i], 1), places[i]);
        messages.Clear();
        places.Clear();
    }

    /// <summary>The first record; the whole stream where there is none.</summary>
    private static int StartOfTls(ReadOnlySpan<byte> stream, bool isBeginning = true)
    {
        for (var at = 0; at + HeaderLength <= stream.Length; at++)
        {
            if (!IsRecord(stream[at..]) || (isBeginning && at > 0 && stream[at] != 22)) continue;
            var next = at + HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 3)..]);
            if (next >= stream.Length || next + HeaderLength > stream.Length || IsRecord(stream[next..])) return at;
        }

        return stream.Length;
    }

    private static bool IsRecord(ReadOnlySpan<byte> bytes) => bytes[0] is >= 20 and <= 24 && bytes[1] == 3 && bytes[2] <= 4 && BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) is > 0 and <= LongestRecord;

    /// <summary>A hello that stands behind a ChangeCipherSpec of TLS 1.3, which protects nothing (RFC 8446 appendix D.4).</summary>
    private static bool IsHello(ReadOnlySpan<byte> content) =>
        content.Length > 38 && content[0] is 1 or 2 && content[4] == 3 && content[5] == 3 && ((content[1] << 16) | (content[2] << 8) | content[3]) + 4 == content.Length;

    private const int HeaderLength = 5;
    private const int LongestRecord = (1 << 14) + 2048;
}
