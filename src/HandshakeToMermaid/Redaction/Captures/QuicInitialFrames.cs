using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The frames that Initial packets may hold (RFC 9000 section 17.2.2), with the places of their bytes.</summary>
internal static class QuicInitialFrames
{
    /// <summary>Reads the next frame that holds bytes.</summary>
    /// <param name="payload">The frames.</param>
    /// <param name="at">Where to read on; where it is false, where the first frame begins that is not understood, or the end.</param>
    /// <param name="isCrypto">True for CRYPTO, false for CONNECTION_CLOSE.</param>
    /// <param name="offset">CRYPTO: where its bytes belong.</param>
    /// <param name="data">Where the bytes are: of the stream, or of the Reason Phrase.</param>
    public static bool TryNext(ReadOnlySpan<byte> payload, ref int at, out bool isCrypto, out ulong offset, out Range data)
    {
        (isCrypto, offset, data) = (false, 0, default);
        while (at < payload.Length)
        {
            var next = at + 1;
            switch (payload[at])
            {
                case 0x00 or 0x01:
                    break;
                case 0x02 or 0x03:
                    if (!TryAcknowledgment(payload, ref next, payload[at] == 0x03)) return false;
                    break;
                case 0x06:
                    isCrypto = true;
                    return VariableInteger.TryRead(payload, ref next, out offset) && TryBytes(payload, ref at, next, out data);
                case 0x1C or 0x1D:
                    var integers = payload[at] == 0x1C ? 2 : 1;
                    return TrySkip(payload, ref next, integers) && TryBytes(payload, ref at, next, out data);
                default:
                    return false;
            }

            at = next;
        }

        return false;
    }

    private static bool TryAcknowledgment(ReadOnlySpan<byte> payload, ref int at, bool hasCounts)
    {
        if (!TrySkip(payload, ref at, 2) || !VariableInteger.TryRead(payload, ref at, out var ranges) || ranges > (ulong)payload.Length) return false;
        return TrySkip(payload, ref at, 1 + (2 * (int)ranges) + (hasCounts ? 3 : 0));
    }

    private static bool TrySkip(ReadOnlySpan<byte> payload, ref int at, int integers)
    {
        for (var i = 0; i < integers; i++)
        {
            if (!VariableInteger.TryRead(payload, ref at, out _)) return false;
        }

        return true;
    }

    private static bool TryBytes(ReadOnlySpan<byte> payload, ref int at, int next, out Range data)
    {
        data = default;
        if (!VariableInteger.TryRead(payload, ref next, out var length) || length > (ulong)(payload.Length - next)) return false;
        data = next..(next + (int)length);
        at = next + (int)length;
        return true;
    }
}
