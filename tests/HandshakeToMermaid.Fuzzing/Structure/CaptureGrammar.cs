using System.Buffers.Binary;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Files of pcap and pcapng: records and blocks, and the frames in them.</summary>
internal static class CaptureGrammar
{
    /// <summary>What a frame is called.</summary>
    public const string Frame = "frame";

    /// <summary>A whole file, of either format and either byte order.</summary>
    public static void File(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 24) return;
        switch (BinaryPrimitives.ReadUInt32LittleEndian(bytes))
        {
            case 0xA1B2C3D4 or 0xA1B23C4D:
                Pcap(node, isBig: false);
                break;
            case 0xD4C3B2A1 or 0x4D3CB2A1:
                Pcap(node, isBig: true);
                break;
            case 0x0A0D0D0A:
                PcapNg(node, isBig: bytes[8] == 0x1A);
                break;
        }
    }

    private static void Pcap(Node node, bool isBig)
    {
        var bytes = node.Bytes;
        var link = new LinkType((ushort)Number(bytes, 20, isBig));
        var records = new List<Node>();
        var at = 24;
        while (at + 16 <= bytes.Length)
        {
            var length = Number(bytes, at + 8, isBig);
            if (length > bytes.Length - at - 16) break;
            var end = at + 16 + (int)length;
            records.Add(new Node("pcap record", bytes[at..(at + 16)])
            {
                Children = [FrameOf(bytes[(at + 16)..end], link)],
                Seal = (_, whole) => Sized(whole, 8, whole.Length - 16, isBig),
            });
            at = end;
        }

        if (at < bytes.Length) records.Add(new Node("pcap rest", bytes[at..]));
        node.Bytes = bytes[..24];
        node.Children = records;
    }

    private static void PcapNg(Node node, bool isBig)
    {
        var bytes = node.Bytes;
        var blocks = new List<Node>();
        var links = new List<LinkType>();
        var at = 0;
        while (at + 12 <= bytes.Length)
        {
            var length = Number(bytes, at + 4, isBig);
            if (length < 12 || length > bytes.Length - at) break;
            var end = at + (int)length;
            blocks.Add(Block(bytes[at..(end - 4)], isBig, links));
            at = end;
        }

        if (blocks.Count == 0) return;
        if (at < bytes.Length) blocks.Add(new Node("pcapng rest", bytes[at..]));
        node.Bytes = [];
        node.Children = blocks;
    }

    private static Node Block(byte[] bytes, bool isBig, List<LinkType> links)
    {
        var type = Number(bytes, 0, isBig);
        if (type == 1 && bytes.Length >= 10) links.Add(new LinkType(isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8))));
        if (type == 6 && bytes.Length >= 28 && Number(bytes, 20, isBig) is var captured && captured <= bytes.Length - 28)
        {
            var size = (int)captured;
            var options = Math.Min(bytes.Length, 28 + ((size + 3) & ~3));
            var place = Number(bytes, 8, isBig);
            return new Node("pcapng packet", bytes[..28])
            {
                Children = [FrameOf(bytes[28..(28 + size)], place < links.Count ? links[(int)place] : LinkType.Ethernet), new Node("pcapng options", bytes[options..])],
                Seal = (own, whole) => Closed(Padded(own, Sized(whole, 20, own.Children.Where(c => c.Kind == Frame).Sum(c => c.WrittenLength), isBig)), isBig),
            };
        }

        return new Node($"pcapng block {type:x}", bytes[..8])
        {
            Children = [new Node($"pcapng body {type:x}", bytes[8..]) { Grammar = type == 10 ? TextGrammar.Lines : null }],
            Seal = (_, whole) => Closed(whole, isBig),
        };
    }

    /// <summary>A frame of that link; how it is split depends on it.</summary>
    private static Node FrameOf(byte[] bytes, LinkType link) => new(Frame, bytes) { Grammar = node => FrameGrammar.Split(node, link) };

    private static byte[] Sized(byte[] whole, int offset, int captured, bool isBig)
    {
        if (whole.Length < offset + 8) return whole;
        var grown = captured - (int)Number(whole, offset, isBig);
        Write(whole, offset, (uint)captured, isBig);
        Write(whole, offset + 4, (uint)Math.Max(captured, (long)Number(whole, offset + 4, isBig) + grown), isBig);
        return whole;
    }

    /// <summary>Behind the frames of a packet block comes what fills up to 32 bits.</summary>
    private static byte[] Padded(Node own, byte[] whole)
    {
        var end = own.Bytes.Length + own.Children.TakeWhile(c => c.Kind == Frame).Sum(c => c.WrittenLength);
        return end > whole.Length ? whole : [.. whole.AsSpan(0, end), .. new byte[-(end - own.Bytes.Length) & 3], .. whole.AsSpan(end)];
    }

    private static byte[] Closed(byte[] whole, bool isBig)
    {
        if (whole.Length < 8) return whole;
        byte[] closed = [.. whole, .. new byte[(-whole.Length & 3) + 4]];
        Write(closed, 4, (uint)closed.Length, isBig);
        Write(closed, closed.Length - 4, (uint)closed.Length, isBig);
        return closed;
    }

    private static uint Number(byte[] bytes, int offset, bool isBig)
    {
        if (offset + 4 > bytes.Length) return 0;
        return isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
    }

    private static void Write(byte[] bytes, int offset, uint value, bool isBig)
    {
        if (isBig) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
    }
}
