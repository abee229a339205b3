namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>An input that is several things in a row: each a byte that says what it is, a length of 16 bits, and its bytes. Any bytes are a script.</summary>
internal static class Script
{
    /// <summary>Reads a script; a length that is too long ends at the end.</summary>
    public static List<(byte Tag, byte[] Bytes)> Read(byte[] input)
    {
        var items = new List<(byte, byte[])>();
        for (var at = 0; at < input.Length;)
        {
            var tag = input[at];
            var start = Math.Min(input.Length, at + 3);
            var length = at + 3 <= input.Length ? Lengths.U16(input, at + 1) : 0;
            var end = Math.Min(input.Length, start + length);
            items.Add((tag, input[start..end]));
            at = end;
        }

        return items;
    }

    /// <summary>Writes a script; items beyond 64 KiB are cut.</summary>
    public static byte[] Write(IEnumerable<(byte Tag, byte[] Bytes)> items)
    {
        using var script = new MemoryStream();
        foreach (var (tag, bytes) in items)
        {
            var length = Math.Min(bytes.Length, ushort.MaxValue);
            script.Write([tag, (byte)(length >> 8), (byte)length]);
            script.Write(bytes, 0, length);
        }

        return script.ToArray();
    }

    /// <summary>The grammar of a script, given that of an item by its tag.</summary>
    public static Grammar Of(Func<byte, Grammar?> grammarOf) => node =>
    {
        var items = Read(node.Bytes);
        node.Bytes = [];
        node.Children = items.ConvertAll(item => new Node("item", [item.Tag, 0, 0])
        {
            Seal = Lengths.Behind(1, 2),
            Children = [new Node($"item {item.Tag:x2}", item.Bytes) { Grammar = grammarOf(item.Tag) }],
        });
    };
}
