namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>JSON (RFC 8259): objects, members and items. What is left out, repeated or exchanged takes its comma along; what is no JSON stays a leaf.</summary>
internal static class JsonGrammar
{
    /// <summary>Objects line by line, or one array of them.</summary>
    public static void Rows(Node node)
    {
        if (node.Bytes is [(byte)'[', ..])
        {
            Value(node);
            return;
        }

        TextGrammar.Cut(node, "row", static c => c == '\n', Value);
    }

    /// <summary>One value; blanks around it belong to it.</summary>
    public static void Value(Node node)
    {
        var bytes = node.Bytes;
        var start = SkipBlanks(bytes, 0);
        if (start == bytes.Length || bytes[start] is not ((byte)'{' or (byte)'[')) return;
        var isObject = bytes[start] == '{';
        var parts = new List<Node>();
        var at = start + 1;
        while (true)
        {
            var end = EndOfPart(bytes, at);
            if (end < 0) return;
            parts.Add(isObject ? Member(bytes[at..end]) : new Node("item", bytes[at..end]) { Grammar = Value });
            at = end;
            if (bytes[end] != ',') break;
            at++;
        }

        if (bytes[at] != (isObject ? '}' : ']') || (parts.Count == 1 && SkipBlanks(bytes, start + 1) == at)) return;
        var tail = bytes[at..];
        node.Bytes = bytes[..(start + 1)];
        node.Children = parts;
        node.Seal = (parent, _) => Joined(parent, tail);
    }

    private static Node Member(byte[] bytes)
    {
        var colon = EndOfName(bytes);
        if (colon < 0) return new Node("member", bytes);
        return new Node($"member {System.Text.Encoding.UTF8.GetString(bytes, 0, colon).Trim()}", bytes[..(colon + 1)]) { Children = [new Node("value", bytes[(colon + 1)..]) { Grammar = Value }] };
    }

    private static byte[] Joined(Node parent, byte[] tail)
    {
        using var whole = new MemoryStream();
        whole.Write(parent.Bytes);
        for (var i = 0; i < parent.Children.Count; i++)
        {
            if (i > 0) whole.WriteByte((byte)',');
            whole.Write(parent.Children[i].ToBytes());
        }

        whole.Write(tail);
        return whole.ToArray();
    }

    /// <summary>Where the part that begins here ends: at its comma, or at the bracket behind the last one; -1 where the text ends before.</summary>
    private static int EndOfPart(byte[] bytes, int at)
    {
        for (var depth = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '"')
            {
                at = EndOfText(bytes, at);
                continue;
            }

            if (depth == 0 && (bytes[at] is (byte)',' or (byte)'}' or (byte)']')) return at;
            if (bytes[at] is (byte)'{' or (byte)'[') depth++;
            else if (bytes[at] is (byte)'}' or (byte)']') depth--;
        }

        return -1;
    }

    private static int EndOfName(byte[] bytes)
    {
        var at = SkipBlanks(bytes, 0);
        if (at == bytes.Length || bytes[at] != '"') return -1;
        at = SkipBlanks(bytes, EndOfText(bytes, at) + 1);
        return at < bytes.Length && bytes[at] == ':' ? at : -1;
    }

    /// <summary>Where the closing quotation mark of a text is; the last byte where there is none.</summary>
    private static int EndOfText(byte[] bytes, int at)
    {
        for (at++; at < bytes.Length && bytes[at] != '"'; at++)
        {
            if (bytes[at] == '\\') at++;
        }

        return Math.Min(at, bytes.Length - 1);
    }

    private static int SkipBlanks(byte[] bytes, int at)
    {
        while (at < bytes.Length && (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) at++;
        return at;
    }
}
