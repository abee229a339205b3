using System.Buffers.Binary;

namespace HandshakeToMermaid.Attacks;

/// <summary>Files whose lengths lie, or that grow when they are opened.</summary>
internal static class FileAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new("gzip of 2 GB of zeros", "frames", GzipOfZeros) { FileName = "attack.pcap.gz" },
        new("gzip in gzip", "inside the gzip", GzipInGzip) { FileName = "attack.pcap.gz", ExitCodes = [3] },
        new("a pcapng block of 4 GB", "block|damaged|ends", file => Block(file, 6, 0xFFFF_FFFC)) { FileName = "attack.pcapng", ExitCodes = [3, 4, 5] },
        new("a pcapng secrets block of 2 GB", "block|damaged|ends", file => Block(file, 10, 0x7FFF_FFFC)) { FileName = "attack.pcapng", ExitCodes = [3, 4, 5] },
        new("1,000,000 pcapng interfaces", "interface", Interfaces) { FileName = "attack.pcapng", ExitCodes = [3, 4, 5] },
        new("a pcap frame of 2 GB", "frame", BigFrame) { ExitCodes = [3, 4, 5] },
    ];

    private static void GzipOfZeros(AttackFile file)
    {
        file.Compress();
        file.Raw(PcapHeader);
        var zeros = new byte[1 << 20];
        for (var i = 0; i < 2000; i++) file.Raw(zeros);
    }

    private static void GzipInGzip(AttackFile file)
    {
        file.Compress();
        file.Compress();
        file.Raw(PcapHeader);
        file.Raw(new byte[1 << 20]);
    }

    private static void Block(AttackFile file, uint type, uint claimed)
    {
        file.Raw([.. Section, .. Interface]);
        var block = new byte[5_000_000];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), claimed);
        file.Raw(block);
    }

    private static void Interfaces(AttackFile file)
    {
        file.Raw(Section);
        for (var i = 0; i < 1_000_000; i++) file.Raw(Interface);
    }

    private static void BigFrame(AttackFile file)
    {
        var frame = new byte[1_000_000];
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), 0x7FFF_FFFF);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), 0x7FFF_FFFF);
        file.Raw([.. PcapHeader, .. frame]);
    }

    private static ReadOnlySpan<byte> PcapHeader => [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];

    private static ReadOnlySpan<byte> Section => [0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 28, 0, 0, 0];

    private static ReadOnlySpan<byte> Interface => [1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0];
}
