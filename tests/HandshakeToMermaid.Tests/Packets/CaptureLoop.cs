using System.Buffers.Binary;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>
/// The least that gets frames out of pcap files and little-endian pcapng, so that packets are tested apart from the
/// reader of captures.
/// </summary>
internal static class CaptureLoop
{
    public delegate void OnFrame(in CapturedFrame frame);

    public static void Read(string path, OnFrame onFrame)
    {
        var file = File.ReadAllBytes(path);
        if (BinaryPrimitives.ReadUInt32LittleEndian(file) == 0x0A0D0D0A) ReadPcapNg(file, onFrame);
        else ReadPcap(file, onFrame);
    }

    private static void ReadPcap(byte[] file, OnFrame onFrame)
    {
        var isLittle = file[0] is 0xD4 or 0x4D;
        var link = new LinkType((ushort)U32(20));
        long number = 0;
        for (var at = 24; at + 16 <= file.Length;)
        {
            var captured = (int)U32(at + 8);
            var mark = new FrameMark(++number, new Timestamp(U32(at) * Timestamp.PerSecond));
            onFrame(new CapturedFrame(mark, link, file.AsSpan(at + 16, captured), U32(at + 12)));
            at += 16 + captured;
        }

        uint U32(int at) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
    }

    private static void ReadPcapNg(byte[] file, OnFrame onFrame)
    {
        var links = new List<LinkType>();
        long number = 0;
        for (var at = 0; at + 12 <= file.Length;)
        {
            var block = file.AsSpan(at, (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)));
            switch (BinaryPrimitives.ReadUInt32LittleEndian(block))
            {
                case 1:
                    links.Add(new LinkType(BinaryPrimitives.ReadUInt16LittleEndian(block[8..])));
                    break;
                case 6:
                    var link = links[(int)BinaryPrimitives.ReadUInt32LittleEndian(block[8..])];
                    var captured = (int)BinaryPrimitives.ReadUInt32LittleEndian(block[20..]);
                    onFrame(new CapturedFrame(new FrameMark(++number, default), link, block.Slice(28, captured), BinaryPrimitives.ReadUInt32LittleEndian(block[24..])));
                    break;
            }

            at += block.Length;
        }
    }
}
