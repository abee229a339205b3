using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Dns;

// RFC 1035 sections 3.1 and 4.1.4: a name is labels of a length octet (at most 63) and that many octets, up to an empty one;
// two high bits set make a pointer to an earlier name in the message. At most 255 octets in all.

/// <summary>
/// Domain names as text: as on the wire, case preserved, without the final dot, "." for the root. What is not printable, and a
/// dot or backslash inside a label, is escaped as master files do (RFC 1035 section 5.1, RFC 4343 section 2.1). Compare
/// with <see cref="Comparer"/>.
/// </summary>
internal static class DnsName
{
    /// <summary>Names are equal whatever the case of their ASCII letters (RFC 4343); everything else is escaped to digits here.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Reads the name at the cursor. A pointer must point before the labels that it ends, so loops and forward pointers are faults.
    /// </summary>
    /// <param name="reader">The cursor.</param>
    /// <param name="message">The whole message, to which pointers lead.</param>
    /// <param name="field">What the name is called there.</param>
    /// <param name="jumps">Pointers that are followed at most.</param>
    /// <param name="expected">A name that it likely is, as a record's is its question's: then that one is given back.</param>
    internal static string Read(ref WireReader reader, ReadOnlySpan<byte> message, string field, int jumps, string? expected = null)
    {
        Span<char> text = stackalloc char[LongestText];
        var written = 0;
        var octets = 1;
        var start = reader.Offset;
        while (true)
        {
            var length = reader.U8(field);
            if (reader.Fault.IsFault || length == 0) break;
            if (length >= Pointer)
            {
                var target = ((length & 0x3F) << 8) | reader.U8(field);
                if (!reader.Fault.IsFault && !Follow(message, target, start, jumps, text, ref written, ref octets)) reader.Fail(FaultKind.BadValue, field);
                break;
            }

            // The two other combinations of the high bits were never put to use (RFC 6891 section 5).
            octets += length + 1;
            if (length > LongestLabel || octets > LongestName)
            {
                reader.Fail(FaultKind.BadValue, field);
                break;
            }

            Append(reader.Take(length, field), text, ref written);
        }

        if (written == 0) return ".";
        return expected is not null && text[..written].SequenceEqual(expected) ? expected : new string(text[..written]);
    }

    private static bool Follow(ReadOnlySpan<byte> message, int target, int start, int jumps, Span<char> text, ref int written, ref int octets)
    {
        while (jumps-- > 0)
        {
            if (target >= start) return false;
            start = target;
            while (true)
            {
                if (target >= message.Length) return false;
                var length = message[target++];
                if (length == 0) return true;
                if (length >= Pointer)
                {
                    if (target >= message.Length) return false;
                    target = ((length & 0x3F) << 8) | message[target];
                    break;
                }

                octets += length + 1;
                if (length > LongestLabel || octets > LongestName || length > message.Length - target) return false;
                Append(message.Slice(target, length), text, ref written);
                target += length;
            }
        }

        return false;
    }

    private static void Append(ReadOnlySpan<byte> label, Span<char> text, ref int written)
    {
        if (written > 0) text[written++] = '.';
        foreach (var b in label)
        {
            if (b is > 0x20 and < 0x7F)
            {
                if (b is (byte)'.' or (byte)'\\') text[written++] = '\\';
                text[written++] = (char)b;
                continue;
            }

            text[written++] = '\\';
            text[written++] = (char)('0' + b / 100);
            text[written++] = (char)('0' + b / 10 % 10);
            text[written++] = (char)('0' + b % 10);
        }
    }

    private const int Pointer = 0xC0;
    private const int LongestLabel = 63;
    private const int LongestName = 255;

    // Every octet escaped to four characters.
    private const int LongestText = LongestName * 4;
}
