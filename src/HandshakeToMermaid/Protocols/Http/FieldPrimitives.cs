namespace HandshakeToMermaid.Protocols.Http;

/// <summary>The integers and strings of HPACK (RFC 7541 section 5), which QPACK uses with prefixes of its own (RFC 9204 section 4.1).</summary>
internal static class FieldPrimitives
{
    /// <summary>A header list of more is refused by servers (nginx: 32 KiB, Node.js: 16 KiB).</summary>
    public const int MaxString = 32 * 1024;

    /// <summary>Reads an integer (RFC 7541 section 5.1); false where its bytes end too early, or where it has more than 28 bits.</summary>
    /// <param name="block">What is left; moves behind the integer.</param>
    /// <param name="prefix">Bits of the first byte that belong to it.</param>
    /// <param name="value">The number.</param>
    public static bool TryInteger(ref ReadOnlySpan<byte> block, int prefix, out int value)
    {
        value = 0;
        if (block.IsEmpty) return false;
        var mask = (1 << prefix) - 1;
        value = block[0] & mask;
        block = block[1..];
        if (value < mask) return true;

        for (var shift = 0; shift <= 21; shift += 7)
        {
            if (block.IsEmpty) return false;
            var octet = block[0];
            block = block[1..];
            value += (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) return true;
        }

        return false;
    }

    /// <summary>Reads a string (RFC 7541 section 5.2); the bit above its length says whether it is Huffman-coded.</summary>
    /// <param name="block">What is left; moves behind the string.</param>
    /// <param name="prefix">Bits of the first byte that belong to the length.</param>
    /// <param name="scratch">Room for what is decoded, <see cref="MaxString"/> bytes.</param>
    /// <param name="text">The string; valid until <paramref name="scratch"/> or the block change.</param>
    public static bool TryString(ref ReadOnlySpan<byte> block, int prefix, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (block.IsEmpty) return false;
        var isHuffman = (block[0] & (1 << prefix)) != 0;
        if (!TryInteger(ref block, prefix, out var length) || length > block.Length || length > MaxString) return false;
        var coded = block[..length];
        block = block[length..];
        if (!isHuffman)
        {
            text = coded;
            return true;
        }

        if (!HpackHuffman.TryDecode(coded, scratch, out var written)) return false;
        text = scratch[..written];
        return true;
    }
}
