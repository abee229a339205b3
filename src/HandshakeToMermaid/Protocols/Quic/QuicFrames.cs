using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Decodes the frames of a decrypted packet (RFC 9000 section 19); never throws.</summary>
internal static class QuicFrames
{
    /// <summary>The frames up to the first that is malformed or unknown: its length, and so the next frame, cannot be determined.</summary>
    public static List<QuicFrame> Read(ReadOnlyMemory<byte> payload)
    {
        var frames = new List<QuicFrame>();
        var bytes = payload.Span;
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] == 0)
            {
                at++;
                continue;
            }

            if (!VariableInteger.TryRead(bytes, ref at, out var type) || !TryFrame(payload, ref at, type, out var frame)) break;
            frames.Add(frame);
        }

        return frames;
    }

    private static bool TryFrame(ReadOnlyMemory<byte> payload, ref int at, ulong type, out QuicFrame frame)
    {
        frame = new QuicFrame(type, 0, default);
        var bytes = payload.Span;
        switch (type)
        {
            case 0x01 or 0x1E:
                return true;
            case 0x02 or 0x03:
                return TryAcknowledgment(bytes, ref at, hasCounts: type == 0x03);
            case 0x06:
                return VariableInteger.TryRead(bytes, ref at, out var offset) && TryBytes(payload, ref at, out var crypto) && Set(out frame, new QuicFrame(type, offset, crypto));
            case 0x07:
                return TryBytes(payload, ref at, out _);
            case >= 0x08 and <= 0x0F:
                var place = 0UL;
                if (!VariableInteger.TryRead(bytes, ref at, out var stream) || ((type & 4) != 0 && !VariableInteger.TryRead(bytes, ref at, out place))) return false;
                if ((type & 2) != 0) return TryBytes(payload, ref at, out var data) && Set(out frame, new QuicFrame(type, place, data) { Stream = stream });
                frame = new QuicFrame(type, place, payload[at..]) { Stream = stream };
                at = payload.Length;
                return true;
            case 0x04 or 0x11 or 0x15:
                return TrySkip(bytes, ref at, type == 0x04 ? 3 : 2);
            case 0x05:
                return TrySkip(bytes, ref at, 2);
            case 0x10 or 0x12 or 0x13 or 0x14 or 0x16 or 0x17 or 0x19:
                return TrySkip(bytes, ref at, 1);
            case 0x18:
                if (!TrySkip(bytes, ref at, 2) || at >= bytes.Length || bytes.Length - at < 1 + bytes[at] + ResetToken) return false;
                frame = new QuicFrame(type, 0, payload.Slice(at + 1, bytes[at]));
                at += 1 + bytes[at] + ResetToken;
                return true;
            case 0x1A or 0x1B:
                if (bytes.Length - at < PathData) return false;
                frame = new QuicFrame(type, 0, payload.Slice(at, PathData));
                at += PathData;
                return true;
            case 0x1C or 0x1D:
                return VariableInteger.TryRead(bytes, ref at, out var code) && (type == 0x1D || TrySkip(bytes, ref at, 1)) && TryBytes(payload, ref at, out var reason)
                    && Set(out frame, new QuicFrame(type, code, reason));
            case 0x30:
                at = payload.Length;
                return true;
            case 0x31:
                return TryBytes(payload, ref at, out _);
            default:
                return false;
        }
    }

    /// <summary>ACK: largest, delay, range count, first range, then a gap and a length for each range; with counts, three more.</summary>
    private static bool TryAcknowledgment(ReadOnlySpan<byte> bytes, ref int at, bool hasCounts)
    {
        if (!TrySkip(bytes, ref at, 2) || !VariableInteger.TryRead(bytes, ref at, out var ranges) || ranges > (ulong)bytes.Length) return false;
        return TrySkip(bytes, ref at, 1 + (2 * (int)ranges) + (hasCounts ? 3 : 0));
    }

    private static bool TrySkip(ReadOnlySpan<byte> bytes, ref int at, int integers)
    {
        for (var i = 0; i < integers; i++)
        {
            if (!VariableInteger.TryRead(bytes, ref at, out _)) return false;
        }

        return true;
    }

    private static bool TryBytes(ReadOnlyMemory<byte> payload, ref int at, out ReadOnlyMemory<byte> taken)
    {
        taken = default;
        if (!VariableInteger.TryRead(payload.Span, ref at, out var length) || length > (ulong)(payload.Length - at)) return false;
        taken = payload.Slice(at, (int)length);
        at += (int)length;
        return true;
    }

    private static bool Set(out QuicFrame frame, QuicFrame value)
    {
        frame = value;
        return true;
    }

    /// <summary>The Stateless Reset Token at the end of a NEW_CONNECTION_ID (RFC 9000 section 19.15).</summary>
    private const int ResetToken = 16;

    /// <summary>The Data field of PATH_CHALLENGE and PATH_RESPONSE (RFC 9000 section 19.17).</summary>
    private const int PathData = 8;
}
