namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Cuts bytes into parts, field by field. What does not fit is the last part.</summary>
internal sealed class Cutter(byte[] bytes)
{
    private int at;

    /// <summary>The parts so far.</summary>
    public List<Node> Parts { get; } = [];

    /// <summary>True while bytes are left.</summary>
    public bool HasMore => at < bytes.Length;

    /// <summary>A field of so many bytes; false where there are fewer.</summary>
    public bool Fixed(string kind, int size)
    {
        if (at + size > bytes.Length) return false;
        Parts.Add(new Node(kind, bytes[at..(at + size)]));
        at += size;
        return true;
    }

    /// <summary>A vector with a length of so many bytes; false where it does not fit.</summary>
    public bool Vector(string kind, int size, Grammar? grammar = null)
    {
        if (at + size > bytes.Length) return false;
        var end = at + size + (int)Lengths.Read(bytes.AsSpan(at, size));
        if (end > bytes.Length) return false;
        Parts.Add(Lengths.Vector(kind, bytes[at..end], size, grammar));
        at = end;
        return true;
    }

    /// <summary>A list of extensions; false where it does not fit.</summary>
    public bool Extensions()
    {
        if (at + 2 > bytes.Length) return false;
        var end = at + 2 + Lengths.U16(bytes, at);
        if (end > bytes.Length) return false;
        Parts.Add(new Node("tls extensions", bytes[at..end]) { Grammar = TlsGrammar.ExtensionList });
        at = end;
        return true;
    }

    /// <summary>All that is left.</summary>
    public void Rest(string kind, Grammar? grammar)
    {
        if (!HasMore) return;
        Parts.Add(new Node(kind, bytes[at..]) { Grammar = grammar });
        at = bytes.Length;
    }

    /// <summary>Gives the parts to a node.</summary>
    public void Into(Node node)
    {
        Rest("rest", null);
        node.Bytes = [];
        node.Children = Parts;
    }
}
