namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>A part of an input. It is split into smaller parts when somebody looks into it, and put together again with lengths that fit.</summary>
internal sealed class Node(string kind, byte[] bytes)
{
    /// <summary>What it is: "tls record". Parts of one kind may take each other's place.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its own bytes: all of a leaf, those before the children elsewhere.</summary>
    public byte[] Bytes { get; set; } = bytes;

    /// <summary>Its parts, in order.</summary>
    public List<Node> Children { get; set; } = [];

    /// <summary>How it is split; null where it is a leaf, or was split before.</summary>
    public Grammar? Grammar { get; set; }

    /// <summary>What makes its lengths right; null where there are none, or where they are to stay as they were.</summary>
    public Seal? Seal { get; set; }

    /// <summary>A change of the finished bytes, which makes lengths lie; null for none.</summary>
    public Func<byte[], byte[]>? Lie { get; set; }

    /// <summary>How many bytes the last <see cref="ToBytes"/> gave.</summary>
    public int WrittenLength { get; private set; }

    /// <summary>Splits it, unless that was done.</summary>
    public Node Open()
    {
        if (Grammar is not { } grammar) return this;
        Grammar = null;
        grammar(this);
        return this;
    }

    /// <summary>All of it as bytes.</summary>
    public byte[] ToBytes()
    {
        var written = Bytes;
        if (Children.Count > 0)
        {
            using var whole = new MemoryStream();
            whole.Write(Bytes);
            foreach (var child in Children)
            {
                whole.Write(child.ToBytes());
                if (whole.Length > Largest) break;
            }

            written = whole.ToArray();
        }

        if (Seal is not null) written = Seal(this, written);
        if (Lie is not null) written = Lie(written);
        WrittenLength = written.Length;
        return written;
    }

    /// <summary>A copy that shares nothing that changes.</summary>
    public Node Copy() => new(Kind, (byte[])Bytes.Clone()) { Grammar = Grammar, Seal = Seal, Lie = Lie, Children = Children.ConvertAll(child => child.Copy()) };

    /// <summary>Parts that repeat each other grow an input without end.</summary>
    private const int Largest = 8 * 1024 * 1024;
}
