using System.Text;

namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Texts: lines, words and the signs between them; and HTTP, whose second version is frames.</summary>
internal static class TextGrammar
{
    /// <summary>Lines with their ends.</summary>
    public static void Lines(Node node) => Cut(node, "line", static c => c == '\n', Words);

    /// <summary>HTTP/2 where it begins with its preface or a SETTINGS frame, otherwise lines.</summary>
    public static void Http(Node node)
    {
        var bytes = node.Bytes;
        var preface = bytes.AsSpan().StartsWith(Preface) ? Preface.Length : 0;
        if (preface == 0 && !(bytes.Length >= 9 && bytes[0] == 0 && bytes[3] == 4 && bytes[5] == 0))
        {
            Lines(node);
            return;
        }

        var frames = new List<Node>();
        var at = preface;
        while (at + 9 <= bytes.Length)
        {
            var end = at + 9 + (int)Lengths.Read(bytes.AsSpan(at, 3));
            if (end > bytes.Length) break;
            frames.Add(new Node("http2 frame", bytes[at..(at + 9)]) { Seal = Frame, Children = [new Node($"http2 payload {bytes[at + 3]}", bytes[(at + 9)..end])] });
            at = end;
        }

        if (at < bytes.Length) frames.Add(new Node("http2 rest", bytes[at..]));
        node.Bytes = bytes[..preface];
        node.Children = frames;
    }

    /// <summary>Splits into words and single signs.</summary>
    public static void Words(Node node)
    {
        var words = new List<Node>();
        var bytes = node.Bytes;
        for (var at = 0; at < bytes.Length;)
        {
            var end = at + 1;
            if (IsWord(bytes[at])) while (end < bytes.Length && IsWord(bytes[end])) end++;
            words.Add(new Node("word", bytes[at..end]));
            at = end;
        }

        if (words.Count < 2) return;
        node.Bytes = [];
        node.Children = words;
    }

    /// <summary>Cuts behind each end, each part with a grammar of its own.</summary>
    public static void Cut(Node node, string kind, Func<byte, bool> isEnd, Grammar inner)
    {
        var bytes = node.Bytes;
        var parts = new List<Node>();
        for (var at = 0; at < bytes.Length;)
        {
            var end = at;
            while (end < bytes.Length && !isEnd(bytes[end])) end++;
            end = Math.Min(bytes.Length, end + 1);
            parts.Add(new Node(kind, bytes[at..end]) { Grammar = inner });
            at = end;
        }

        if (parts.Count == 0) return;
        node.Bytes = [];
        node.Children = parts;
    }

    private static byte[] Frame(Node node, byte[] whole)
    {
        Lengths.Write(whole, 0, 3, whole.Length - 9);
        return whole;
    }

    private static bool IsWord(byte sign) => char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'_' or >= 0x80;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
}
