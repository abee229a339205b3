namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Bytes whose form is not known: vectors with lengths are found by lengths that fit.</summary>
internal static class VectorGrammar
{
    /// <summary>One vector, or a list of vectors with lengths of the same size; otherwise it stays a leaf.</summary>
    public static void Guess(Node node)
    {
        var bytes = node.Bytes;
        foreach (var size in (ReadOnlySpan<int>)[2, 1, 3])
        {
            if (!TryCut(bytes, size, out var parts)) continue;
            node.Bytes = [];
            node.Children = parts.ConvertAll(part => Lengths.Vector($"vector{size * 8}", part, size, part.Length > 60 && part[size] == 0x30 ? DerGrammar.Value : Guess));
            return;
        }

        if (bytes.Length > 4 && bytes[0] == 0x30) DerGrammar.Value(node);
    }

    private static bool TryCut(byte[] bytes, int size, out List<byte[]> parts)
    {
        parts = [];
        for (var at = 0; at < bytes.Length;)
        {
            if (at + size > bytes.Length) return false;
            var length = (int)Lengths.Read(bytes.AsSpan(at, size));
            if (at + size + length > bytes.Length || (length == 0 && size == 1)) return false;
            parts.Add(bytes[at..(at + size + length)]);
            at += size + length;
        }

        return parts.Count > 0;
    }
}
