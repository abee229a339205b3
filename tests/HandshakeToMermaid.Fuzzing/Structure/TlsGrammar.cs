namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>TLS (RFC 8446 sections 4 and 5): records, handshake messages, extensions.</summary>
internal static class TlsGrammar
{
    /// <summary>A run of records, with what is left of one at the end.</summary>
    public static void Records(Node node)
    {
        var bytes = node.Bytes;
        var records = new List<Node>();
        var at = 0;
        for (; at + 5 <= bytes.Length && bytes[at] is >= 20 and <= 24 && bytes[at + 1] == 3;)
        {
            var end = at + 5 + Lengths.U16(bytes, at + 3);
            if (end > bytes.Length) break;
            records.Add(new Node("tls record", bytes[at..end]) { Grammar = Record });
            at = end;
        }

        if (records.Count == 0) return;
        if (at < bytes.Length) records.Add(new Node("tls record", bytes[at..]));
        node.Bytes = [];
        node.Children = records;
    }

    /// <summary>A run of whole handshake messages; what is encrypted stays a leaf.</summary>
    public static void Messages(Node node)
    {
        var bytes = node.Bytes;
        var messages = new List<Node>();
        for (var at = 0; at < bytes.Length;)
        {
            if (at + 4 > bytes.Length || bytes[at] > 67) return;
            var end = at + 4 + (int)Lengths.Read(bytes.AsSpan(at + 1, 3));
            if (end > bytes.Length) return;
            messages.Add(new Node("tls message", bytes[at..end]) { Grammar = Message });
            at = end;
        }

        if (messages.Count == 0) return;
        node.Bytes = [];
        node.Children = messages;
    }

    /// <summary>One message: type, length, body.</summary>
    public static void Message(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 4) return;
        var type = bytes[0];
        node.Bytes = bytes[..4];
        node.Seal = Lengths.Behind(1, 3);
        node.Children = [new Node($"tls body {type}", bytes[4..]) { Grammar = BodyOf(type) }];
    }

    /// <summary>The body of a message of that type.</summary>
    public static Grammar BodyOf(int type) => type switch
    {
        1 => ClientHello,
        2 or 6 => ServerHello,
        4 => Ticket,
        8 => ExtensionList,
        11 => Certificate,
        13 => VectorGrammar.Guess,
        22 => Status,
        _ => VectorGrammar.Guess,
    };

    /// <summary>A list of extensions with its length before it.</summary>
    public static void ExtensionList(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 2 || Lengths.U16(bytes, 0) != bytes.Length - 2) return;
        var extensions = new List<Node>();
        for (var at = 2; at < bytes.Length;)
        {
            if (at + 4 > bytes.Length) return;
            var end = at + 4 + Lengths.U16(bytes, at + 2);
            if (end > bytes.Length) return;
            extensions.Add(new Node("tls extension", bytes[at..end]) { Grammar = Extension });
            at = end;
        }

        node.Bytes = bytes[..2];
        node.Seal = Lengths.Behind(0, 2);
        node.Children = extensions;
    }

    private static void Record(Node node)
    {
        var bytes = node.Bytes;
        Grammar? inner = bytes[0] == 22 ? Messages : null;
        node.Bytes = bytes[..5];
        node.Seal = Lengths.Behind(3, 2);
        node.Children = [new Node($"tls fragment {bytes[0]}", bytes[5..]) { Grammar = inner }];
    }

    private static void Extension(Node node)
    {
        var bytes = node.Bytes;
        node.Bytes = bytes[..4];
        node.Seal = Lengths.Behind(2, 2);
        node.Children = [new Node($"tls extension {Lengths.U16(bytes, 0)}", bytes[4..]) { Grammar = VectorGrammar.Guess }];
    }

    private static void ClientHello(Node node) => Hello(node, isClient: true);

    private static void ServerHello(Node node) => Hello(node, isClient: false);

    private static void Hello(Node node, bool isClient)
    {
        var cut = new Cutter(node.Bytes);
        cut.Fixed("tls version", 2);
        cut.Fixed("tls random", 32);
        cut.Vector("tls session id", 1);
        if (isClient)
        {
            cut.Vector("tls suites", 2);
            cut.Vector("tls compressions", 1);
        }
        else
        {
            cut.Fixed("tls suite", 2);
            cut.Fixed("tls compression", 1);
        }

        cut.Rest("tls extensions", ExtensionList);
        cut.Into(node);
    }

    private static void Ticket(Node node)
    {
        var cut = new Cutter(node.Bytes);
        cut.Fixed("tls lifetime", 4);
        if (node.Bytes.Length > 8 && Lengths.U16(node.Bytes, 4) != node.Bytes.Length - 6)
        {
            cut.Fixed("tls age", 4);
            cut.Vector("tls nonce", 1);
        }

        cut.Vector("tls ticket", 2);
        cut.Rest("tls extensions", ExtensionList);
        cut.Into(node);
    }

    private static void Status(Node node)
    {
        var cut = new Cutter(node.Bytes);
        cut.Fixed("tls status type", 1);
        cut.Rest("tls status", VectorGrammar.Guess);
        cut.Into(node);
    }

    /// <summary>Up to TLS 1.2 a list of certificates, since then a context and entries with extensions.</summary>
    private static void Certificate(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length > 3 && Lengths.Read(bytes.AsSpan(0, 3)) == bytes.Length - 3)
        {
            VectorGrammar.Guess(node);
            return;
        }

        var cut = new Cutter(bytes);
        cut.Vector("tls context", 1);
        cut.Rest("tls entries", Entries);
        cut.Into(node);
    }

    private static void Entries(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 3 || Lengths.Read(bytes.AsSpan(0, 3)) != bytes.Length - 3) return;
        var cut = new Cutter(bytes[3..]);
        while (cut.HasMore)
        {
            if (!cut.Vector("tls certificate", 3, DerGrammar.Value) || !cut.Extensions()) return;
        }

        node.Bytes = bytes[..3];
        node.Seal = Lengths.Behind(0, 3);
        node.Children = cut.Parts;
    }
}
