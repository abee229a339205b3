using System.Buffers.Binary;

namespace HandshakeToMermaid.Cli.Tests.Signals;

/// <summary>A pcap of connections from as many clients to one server: SYNs, each refused where that is wanted.</summary>
internal static class SynFlood
{
    /// <summary>The file's header: little-endian, microseconds, Ethernet.</summary>
    public static byte[] Header { get; } = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];

    /// <summary>A whole file.</summary>
    public static byte[] Pcap(int connections, bool isRefused = false) => [.. Header, .. Records(0, connections, isRefused)];

    /// <summary>Connections number <paramref name="first"/> and following.</summary>
    public static byte[] Records(int first, int connections, bool isRefused = false)
    {
        using var file = new MemoryStream();
        for (var i = first; i < first + connections; i++)
        {
            file.Write(Record(i, isAnswer: false));
            if (isRefused) file.Write(Record(i, isAnswer: true));
        }

        return file.ToArray();
    }

    private static byte[] Record(int number, bool isAnswer)
    {
        var record = new byte[16 + 54];
        var microseconds = (number * 20L) + (isAnswer ? 10 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(1_700_000_000 + (microseconds / 1_000_000)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), 54);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), 54);
        var frame = record.AsSpan(16);
        frame[12] = 0x08;
        var ip = frame[14..];
        (ip[0], ip[3], ip[8], ip[9]) = (0x45, 40, 64, 6);
        var (client, server) = (0x0A000000u + (uint)(number / 50_000), 0xC6336401u);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], isAnswer ? server : client);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], isAnswer ? client : server);
        var tcp = frame[34..];
        var port = (ushort)(1024 + (number % 50_000));
        BinaryPrimitives.WriteUInt16BigEndian(tcp, isAnswer ? (ushort)443 : port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], isAnswer ? port : (ushort)443);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], isAnswer ? 0 : 1000u);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], isAnswer ? 1001u : 0);
        (tcp[12], tcp[13]) = (0x50, isAnswer ? (byte)0x14 : (byte)0x02);
        return record;
    }
}
