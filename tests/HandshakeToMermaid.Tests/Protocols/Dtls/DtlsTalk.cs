using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Dtls;

/// <summary>Plays datagrams to a dialogue and makes them.</summary>
internal sealed class DtlsTalk
{
    private long frame;
    private int record;
    private readonly DtlsProtocol protocol;
    private readonly UdpFlow flow;

    public DtlsTalk(AnalyzerLimits? limits = null)
    {
        protocol = new DtlsProtocol(new TlsSetting(limits ?? AnalyzerLimits.Default));
        Filter = protocol.BeginFilter();
        flow = new UdpFlow(1, "test", PacketBuilder.Endpoint("192.0.2.1:40000"), PacketBuilder.Endpoint("192.0.2.2:4433"), default, "dtls", Filter, AnalyzerLimits.Default.EncryptedBytes, new SpareBuffer());
    }

    public RecordedUdpFlow Flow => flow.Record(default);

    public IDatagramFilter Filter { get; }

    public TlsFacts Facts => (TlsFacts)protocol.Read(Flow).Single();

    /// <summary>The messages, "c:client_hello s:server_hello".</summary>
    public string Messages => string.Join(' ', Facts.Messages.Select(m => $"{(m.From == Direction.Forward ? 'c' : 's')}:{m.TypeName}"));

    public IEnumerable<string> Steps => Facts.Steps.Select(s => s.Title);

    public bool Client(params byte[][] records) => Say("192.0.2.1:40000", "192.0.2.2:4433", records);

    public bool Server(params byte[][] records) => Say("192.0.2.2:4433", "192.0.2.1:40000", records);

    public bool Say(string from, string to, params byte[][] records)
    {
        byte[] payload = [.. records.SelectMany(r => r)];
        var packet = new Packet
        {
            Kind = PacketKind.Udp, Mark = new FrameMark(++frame, new Timestamp(frame * 1_000_000)), Source = PacketBuilder.Endpoint(from), Destination = PacketBuilder.Endpoint(to),
            Payload = payload, PayloadLength = payload.Length, Protocol = 17,
        };
        return flow.Take(in packet);
    }

    /// <summary>A record of its own number.</summary>
    public byte[] Record(byte type, byte[] fragment, ushort epoch = 0)
    {
        var bytes = new byte[13 + fragment.Length];
        (bytes[0], bytes[1], bytes[2]) = (type, 0xFE, 0xFD);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(3), ((ulong)epoch << 48) | (uint)record++);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(11), (ushort)fragment.Length);
        fragment.CopyTo(bytes, 13);
        return bytes;
    }

    /// <summary>A message in records of at most so many bytes of body.</summary>
    public List<byte[]> Message(byte type, ushort sequence, byte[] body, int size = int.MaxValue)
    {
        var records = new List<byte[]>();
        for (var offset = 0; offset == 0 || offset < body.Length; offset += size)
        {
            records.Add(Record(22, Fragment(type, sequence, body, offset, Math.Min(size, body.Length - offset))));
            if (size == int.MaxValue) break;
        }

        return records;
    }

    public static byte[] Fragment(byte type, ushort sequence, byte[] body, int offset, int length)
    {
        var bytes = new byte[12 + length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (type << 24) | body.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), sequence);
        (bytes[6], bytes[7], bytes[8]) = ((byte)(offset >> 16), (byte)(offset >> 8), (byte)offset);
        (bytes[9], bytes[10], bytes[11]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        body.AsSpan(offset, length).CopyTo(bytes.AsSpan(12));
        return bytes;
    }

    public static byte[] ClientHello(byte random = 1, byte[]? cookie = null)
    {
        byte[] filled = new byte[32];
        filled.AsSpan().Fill(random);
        cookie ??= [];
        return [0xFE, 0xFD, .. filled, 0, (byte)cookie.Length, .. cookie, 0, 2, 0xC0, 0x2F, 1, 0];
    }

    public static byte[] ServerHello { get; } = [0xFE, 0xFD, .. new byte[32], 0, 0xC0, 0x2F, 0];

    public static byte[] HelloVerifyRequest { get; } = [0xFE, 0xFD, 4, 1, 2, 3, 4];

    /// <summary>An empty chain and a long one that is no certificate: bytes are all that matters here.</summary>
    public static byte[] Certificate { get; } = [0, 1, 0x2F, 0, 1, 0x2C, .. Enumerable.Range(0, 300).Select(i => (byte)i)];
}
