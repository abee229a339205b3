namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Datagrams of QUIC (RFC 9000 section 17.2), QUIC frames before they are sealed, and DTLS records (RFC 6347 section 4.1).</summary>
internal static class DatagramGrammar
{
    /// <summary>A datagram of either.</summary>
    public static void Datagram(Node node)
    {
        if (node.Bytes.Length > 13 && node.Bytes[0] is >= 20 and <= 25 && node.Bytes[1] == 0xFE) Dtls(node);
        else if (node.Bytes.Length > 7 && node.Bytes[0] >= 0x80) LongHeaders(node);
    }

    /// <summary>The frames of a QUIC packet in the clear: CRYPTO, ACK, CONNECTION_CLOSE; others end the list.</summary>
    public static void Frames(Node node)
    {
        var bytes = node.Bytes;
        var frames = new List<Node>();
        var at = 0;
        while (at < bytes.Length)
        {
            var end = EndOfFrame(bytes, at);
            if (end is not { } known || known > bytes.Length) break;
            frames.Add(new Node($"quic frame {bytes[at]:x2}", bytes[at..known]) { Grammar = bytes[at] == 6 ? Crypto : null });
            at = known;
        }

        if (frames.Count == 0) return;
        if (at < bytes.Length) frames.Add(new Node("quic frame", bytes[at..]));
        node.Bytes = [];
        node.Children = frames;
    }

    private static int? EndOfFrame(byte[] bytes, int at) => bytes[at] switch
    {
        0 or 1 => at + 1,
        6 => Skip(bytes, at + 1, 1) is { } length && Varint(bytes, length) is { } crypto ? crypto.End + (int)crypto.Value : null,
        2 => Skip(bytes, at + 1, 4),
        3 => Skip(bytes, at + 1, 7),
        0x1C => Skip(bytes, at + 1, 2) is { } length && Varint(bytes, length) is { } reason ? reason.End + (int)reason.Value : null,
        _ => null,
    };

    private static int? Skip(byte[] bytes, int at, int count)
    {
        for (; count > 0; count--)
        {
            if (Varint(bytes, at) is not { } number) return null;
            at = number.End;
        }

        return at;
    }

    private static void Crypto(Node node)
    {
        var bytes = node.Bytes;
        var offset = Varint(bytes, 1)!.Value.End;
        var length = Varint(bytes, offset)!.Value.End;
        node.Bytes = bytes[..offset];
        node.Children = [new Node("quic crypto", bytes[length..]) { Grammar = TlsGrammar.Messages }];
        node.Seal = (own, whole) => [.. own.Bytes, .. Varint(whole.Length - own.Bytes.Length), .. whole.AsSpan(own.Bytes.Length)];
    }

    private static void LongHeaders(Node node)
    {
        var bytes = node.Bytes;
        var packets = new List<Node>();
        var at = 0;
        while (at + 7 <= bytes.Length && bytes[at] >= 0xC0)
        {
            var start = at;
            var destination = at + 6 + bytes[at + 5];
            if (destination >= bytes.Length) break;
            var source = destination + 1 + bytes[destination];
            if (source >= bytes.Length) break;
            var token = source;
            if ((bytes[at] & 0x30) == 0)
            {
                if (Varint(bytes, source) is not { } length) break;
                token = length.End + (int)length.Value;
            }

            if (Varint(bytes, token) is not { } rest || rest.End + rest.Value > bytes.Length) break;
            at = rest.End + (int)rest.Value;
            packets.Add(new Node("quic packet", bytes[start..at]) { Grammar = n => Split(n, destination - start, source - start, token - start, rest.End - start) });
        }

        if (packets.Count == 0) return;
        if (at < bytes.Length) packets.Add(new Node("quic rest", bytes[at..]));
        node.Bytes = [];
        node.Children = packets;
    }

    private static void Split(Node node, int destination, int source, int token, int payload)
    {
        var bytes = node.Bytes;
        node.Bytes = [];
        node.Children =
        [
            new Node("quic first", bytes[..5]),
            Lengths.Vector("quic id", bytes[5..destination], 1),
            Lengths.Vector("quic id", bytes[destination..source], 1),
            new Node("quic token", bytes[source..token]),
            new Node("quic payload", bytes[payload..]) { Seal = (_, whole) => [.. Varint(whole.Length), .. whole] },
        ];
    }

    private static void Dtls(Node node)
    {
        var bytes = node.Bytes;
        var records = new List<Node>();
        var at = 0;
        while (at + 13 <= bytes.Length)
        {
            var end = at + 13 + Lengths.U16(bytes, at + 11);
            if (end > bytes.Length) break;
            var isClear = bytes[at] == 22 && bytes[at + 3] == 0 && bytes[at + 4] == 0;
            records.Add(new Node("dtls record", bytes[at..(at + 13)])
            {
                Seal = Lengths.Behind(11, 2),
                Children = [new Node($"dtls fragment {bytes[at]}", bytes[(at + 13)..end]) { Grammar = isClear ? Fragment : null }],
            });
            at = end;
        }

        if (records.Count == 0) return;
        if (at < bytes.Length) records.Add(new Node("dtls rest", bytes[at..]));
        node.Bytes = [];
        node.Children = records;
    }

    /// <summary>A message or a part of one: type, length of the message, number, offset, length of the part.</summary>
    private static void Fragment(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 12) return;
        var isWhole = Lengths.Read(bytes.AsSpan(1, 3)) == bytes.Length - 12;
        node.Bytes = bytes[..12];
        node.Children = [new Node($"tls body {bytes[0]}", bytes[12..]) { Grammar = isWhole ? TlsGrammar.BodyOf(bytes[0]) : null }];
        node.Seal = (_, whole) =>
        {
            if (isWhole) Lengths.Write(whole, 1, 3, whole.Length - 12);
            Lengths.Write(whole, 9, 3, whole.Length - 12);
            return whole;
        };
    }

    private static (long Value, int End)? Varint(byte[] bytes, int at)
    {
        if (at >= bytes.Length) return null;
        var size = 1 << (bytes[at] >> 6);
        if (at + size > bytes.Length) return null;
        var value = Lengths.Read(bytes.AsSpan(at, size)) & ((1L << ((8 * size) - 2)) - 1);
        return value > int.MaxValue / 2 ? null : (value, at + size);
    }

    private static byte[] Varint(int value) => value < 64 ? [(byte)value] : value < 16384 ? [(byte)(0x40 | (value >> 8)), (byte)value] : [(byte)(0x80 | (value >> 24)), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
