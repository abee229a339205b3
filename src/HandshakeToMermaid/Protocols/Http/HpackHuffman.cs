namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// HPACK's Huffman code, RFC 7541 section 5.2 and appendix B. The code is canonical (codes of one length rise with their
/// symbols), so the lengths alone define it.
/// </summary>
internal static class HpackHuffman
{
    /// <summary>Decodes a string; false where it is no valid encoding, or longer than <paramref name="output"/>.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> output, out int written)
    {
        written = 0;
        var node = 0;
        var depth = 0;
        var onlyOnes = true;
        foreach (var octet in encoded)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var isOne = (octet >> bit) & 1;
                onlyOnes &= isOne == 1;
                depth++;
                node = Tree[(2 * node) + isOne];
                if (node >= 0) continue;

                var symbol = ~node;
                if (symbol == EndOfString || written == output.Length) return false;
                output[written++] = (byte)symbol;
                (node, depth, onlyOnes) = (0, 0, true);
            }
        }

        // What is left must be the beginning of the end-of-string code, shorter than an octet.
        return depth < 8 && onlyOnes;
    }

    // Inner nodes hold the index of the next one, leaves the complement of their symbol.
    private static short[] Build()
    {
        var tree = new short[2 * Lengths.Length];
        var used = 1;
        uint code = 0;
        for (var length = 1; length <= 30; length++)
        {
            for (var symbol = 0; symbol < Lengths.Length; symbol++)
            {
                if (Lengths[symbol] != length) continue;
                var node = 0;
                for (var bit = length - 1; bit > 0; bit--)
                {
                    var at = (2 * node) + (int)((code >> bit) & 1);
                    if (tree[at] == 0) tree[at] = (short)used++;
                    node = tree[at];
                }

                tree[(2 * node) + (int)(code & 1)] = (short)~symbol;
                code++;
            }

            code <<= 1;
        }

        return tree;
    }

    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    private static readonly short[] Tree = Build();

    private const int EndOfString = 256;
}
