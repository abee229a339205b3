using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

/// <summary>Writes DNS messages, byte by byte where wanted. Names are given with plain dots and written without compression.</summary>
internal sealed class DnsMessageBuilder
{
    private readonly List<byte> body = [];
    private readonly int[] counts = new int[4];
    private ushort id;
    private ushort flags = 0x0100;

    public static DnsMessageBuilder Query(ushort id, string name, ushort type) => new DnsMessageBuilder { id = id }.Question(name, type);

    public static DnsMessageBuilder Response(ushort id, string name, ushort type, int rcode = 0) =>
        new DnsMessageBuilder { id = id, flags = (ushort)(0x8180 | rcode) }.Question(name, type);

    public static DnsMessageBuilder Refusal(ushort id, int rcode) => new() { id = id, flags = (ushort)(0x8000 | rcode) };

    public static DnsMessageBuilder Announcement() => new() { flags = 0x8400 };

    public DnsMessageBuilder Truncated()
    {
        flags |= 0x0200;
        return this;
    }

    public DnsMessageBuilder Opcode(int opcode)
    {
        flags = (ushort)((flags & 0x87FF) | (opcode << 11));
        return this;
    }

    public DnsMessageBuilder Question(string name, ushort type)
    {
        body.AddRange([.. Name(name), .. U16(type), .. U16(1)]);
        counts[0]++;
        return this;
    }

    public DnsMessageBuilder Answer(string name, ushort type, byte[] data) => Record(1, Name(name), type, 1, 300, data);

    public DnsMessageBuilder Address(string name, string address)
    {
        var parsed = IPAddress.Parse(address).GetAddressBytes();
        return Answer(name, (ushort)(parsed.Length == 4 ? 1 : 28), parsed);
    }

    public DnsMessageBuilder Alias(string name, string target) => Answer(name, 5, Name(target));

    public DnsMessageBuilder Authority(string name, ushort type, byte[] data) => Record(2, Name(name), type, 1, 300, data);

    public DnsMessageBuilder Opt(ushort size, uint timeToLive, byte[] options) => Record(3, [0], 41, size, timeToLive, options);

    public DnsMessageBuilder Record(int section, byte[] name, ushort type, ushort @class, uint timeToLive, byte[] data)
    {
        body.AddRange([.. name, .. U16(type), .. U16(@class), .. U32(timeToLive), .. U16((ushort)data.Length), .. data]);
        counts[section]++;
        return this;
    }

    public byte[] Build() => [.. U16(id), .. U16(flags), .. counts.SelectMany(c => U16((ushort)c)), .. body];

    public static byte[] Name(string name) =>
        name.Length == 0 ? [0] : [.. name.Split('.').SelectMany(l => (byte[])[(byte)Encoding.Latin1.GetByteCount(l), .. Encoding.Latin1.GetBytes(l)]), 0];

    public static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Parameter(ushort key, params byte[] value) => [.. U16(key), .. U16((ushort)value.Length), .. value];

    private static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
