namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>DNS messages (RFC 1035 section 4.1): header, names as labels, records.</summary>
internal static class DnsGrammar
{
    /// <summary>One message.</summary>
    public static void Message(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 12) return;
        var parts = new List<Node>();
        var at = 12;
        for (var section = 0; section < 4; section++)
        {
            for (var count = Lengths.U16(bytes, 4 + (2 * section)); count > 0 && at < bytes.Length; count--)
            {
                if (EndOfName(bytes, at) is not { } name || name + (section == 0 ? 4 : 10) > bytes.Length) return;
                var end = section == 0 ? name + 4 : name + 10 + Lengths.U16(bytes, name + 8);
                if (end > bytes.Length) return;
                parts.Add(section == 0 ? Question(bytes, at, name, end) : Record(Sections[section], bytes, at, name, end));
                at = end;
            }
        }

        if (parts.Count == 0) return;
        if (at < bytes.Length) parts.Add(new Node("dns rest", bytes[at..]));
        node.Bytes = bytes[..12];
        node.Seal = Counts;
        node.Children = parts;
    }

    /// <summary>Messages with their lengths before them, as over TCP.</summary>
    public static void Stream(Node node)
    {
        var cut = new Cutter(node.Bytes);
        while (cut.Vector("dns framed", 2, Message))
        {
        }

        if (cut.Parts.Count > 0) cut.Into(node);
    }

    private static Node Question(byte[] bytes, int at, int name, int end) => new(Sections[0], [])
    {
        Children = [Name(bytes[at..name]), new Node("dns type", bytes[name..end])],
    };

    private static Node Record(string kind, byte[] bytes, int at, int name, int end) => new(kind, [])
    {
        Children =
        [
            Name(bytes[at..name]),
            new Node("dns type", bytes[name..(name + 8)]),
            new Node("dns data", bytes[(name + 8)..(name + 10)])
            {
                Seal = Lengths.Behind(0, 2),
                Children = [new Node("dns data content", bytes[(name + 10)..end]) { Grammar = Name }],
            },
        ],
    };

    private static Node Name(byte[] bytes) => new("dns name", bytes) { Grammar = Name };

    /// <summary>Labels, up to the root or a pointer.</summary>
    private static void Name(Node node)
    {
        var bytes = node.Bytes;
        if (EndOfName(bytes, 0) != bytes.Length) return;
        var labels = new List<Node>();
        var at = 0;
        while (at < bytes.Length && bytes[at] is > 0 and < 64)
        {
            labels.Add(Lengths.Vector("dns label", bytes[at..(at + 1 + bytes[at])], 1, Leaf));
            at += 1 + bytes[at];
        }

        labels.Add(new Node("dns name end", bytes[at..]));
        node.Bytes = [];
        node.Children = labels;
    }

    private static void Leaf(Node node)
    {
    }

    private static int? EndOfName(byte[] bytes, int at)
    {
        while (at < bytes.Length)
        {
            if (bytes[at] == 0) return at + 1;
            if (bytes[at] >= 0xC0) return at + 2 <= bytes.Length ? at + 2 : null;
            if (bytes[at] >= 64) return null;
            at += 1 + bytes[at];
        }

        return null;
    }

    private static byte[] Counts(Node node, byte[] whole)
    {
        for (var section = 0; section < 4; section++) Lengths.Write(whole, 4 + (2 * section), 2, node.Children.Count(child => child.Kind == Sections[section]));
        return whole;
    }

    private static readonly string[] Sections = ["dns question", "dns answer", "dns authority", "dns additional"];
}
