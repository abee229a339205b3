namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>ASN.1 in DER (X.690): values within values, with lengths that follow their content.</summary>
internal static class DerGrammar
{
    /// <summary>A run of values, as the content of a SEQUENCE.</summary>
    public static void Value(Node node)
    {
        if (Cut(node.Bytes) is not { } values) return;
        node.Bytes = [];
        node.Children = values;
    }

    private static List<Node>? Cut(byte[] bytes)
    {
        var values = new List<Node>();
        for (var at = 0; at < bytes.Length;)
        {
            if (!TryLength(bytes, at, out var content, out var end)) return null;
            values.Add(Of(bytes[at], bytes[content..end]));
            at = end;
        }

        return values.Count > 0 ? values : null;
    }

    private static Node Of(byte tag, byte[] content)
    {
        var isBits = tag == 3 && content.Length > 2 && content[0] == 0;
        Grammar? grammar = (tag & 0x20) != 0 ? Value : tag == 4 ? Inside : null;
        var inner = isBits ? new Node("der bits", content) { Grammar = Bits } : new Node("der content", content) { Grammar = grammar };
        return new Node($"der {tag:x2}", [tag]) { Seal = WithLength, Children = [inner] };
    }

    private static void Inside(Node node)
    {
        if (node.Bytes.Length > 1 && node.Bytes[0] is 0x30 or 0x04 or 0x03 or 0x05 or 0x0A) Value(node);
    }

    private static void Bits(Node node)
    {
        if (node.Bytes[1] != 0x30 || Cut(node.Bytes[1..]) is not { } values) return;
        node.Bytes = [0];
        node.Children = values;
    }

    private static byte[] WithLength(Node node, byte[] whole)
    {
        if (whole.Length == 0) return whole;
        var length = whole.Length - node.Bytes.Length;
        byte[] field = length < 0x80 ? [(byte)length] : length < 0x100 ? [0x81, (byte)length] : length < 0x10000 ? [0x82, (byte)(length >> 8), (byte)length] : [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [.. node.Bytes, .. field, .. whole.AsSpan(node.Bytes.Length)];
    }

    private static bool TryLength(byte[] bytes, int at, out int content, out int end)
    {
        (content, end) = (0, 0);
        if (at + 2 > bytes.Length || (bytes[at] & 0x1F) == 0x1F) return false;
        int length = bytes[at + 1];
        content = at + 2;
        if (length >= 0x80)
        {
            var size = length & 0x7F;
            if (size is 0 or > 3 || content + size > bytes.Length) return false;
            length = (int)Lengths.Read(bytes.AsSpan(content, size));
            content += size;
        }

        end = content + length;
        return end <= bytes.Length;
    }
}
