using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Quic;

/// <summary>Seals Initial packets as a sender does (RFC 9001 section 5) and plays datagrams to a dialogue.</summary>
internal sealed class QuicTalk
{
    private long frame;

    private readonly SecretStore secrets = new();
    private readonly QuicProtocol protocol;
    private readonly UdpFlow flow;

    public QuicTalk()
    {
        protocol = new QuicProtocol(new TlsSetting(AnalyzerLimits.Default) { Secrets = secrets }, client => new Http3Session(client));
        flow = new UdpFlow(1, "test", PacketBuilder.Endpoint("192.0.2.1:40000"), PacketBuilder.Endpoint("192.0.2.2:443"), default, "quic", protocol.BeginFilter(), AnalyzerLimits.Default.EncryptedBytes, new SpareBuffer());
    }

    /// <summary>Hands a traffic secret to the reader, and a seal to the sender.</summary>
    public QuicSeal Secret(bool isClient)
    {
        var secret = TlsBytes.Fill(32, isClient ? (byte)0xC1 : (byte)0x5E);
        secrets.TryAdd(ClientRandom.Read(Tls.ClientHello!.SessionRandom.Span), isClient ? SecretLabel.ClientTraffic : SecretLabel.ServerTraffic, secret);
        return new QuicSeal(new QuicVersion(1), secret);
    }

    public RecordedUdpFlow Flow => flow.Record(default);

    public IReadOnlyList<ProtocolFacts> Facts => protocol.Read(Flow);

    public TlsFacts Tls => Facts.OfType<TlsFacts>().Single();

    public QuicFacts Quic => Facts.OfType<QuicFacts>().Single();

    public string Messages => string.Join(' ', Tls.Messages.Select(m => $"{(m.From == Direction.Forward ? 'c' : 's')}:{m.TypeName}"));

    public void Client(byte[] datagram) => Say("192.0.2.1:40000", "192.0.2.2:443", datagram);

    public void Server(byte[] datagram) => Say("192.0.2.2:443", "192.0.2.1:40000", datagram);

    public static bool IsRecognised(byte[] datagram)
    {
        var packet = PacketOf("192.0.2.1:40000", "192.0.2.2:443", datagram, 1);
        return new QuicProtocol(new TlsSetting(AnalyzerLimits.Default)).Recognises(in packet);
    }

    /// <summary>A CRYPTO frame.</summary>
    public static byte[] Crypto(int offset, byte[] bytes) => TlsBytes.Join([0x06], Integer(offset), Integer(bytes.Length), bytes);

    /// <summary>An Initial packet, filled up to 1200 bytes, under the keys of the client's first connection id.</summary>
    public static byte[] Initial(bool isClient, int number, params byte[][] frames) => Initial(isClient, number, 4, frames);

    /// <summary>The same with so many bytes of its number in the header.</summary>
    public static byte[] Initial(bool isClient, int number, int numberLength, byte[][] frames, uint versionCode = 1)
    {
        var version = new QuicVersion(versionCode);
        var header = TlsBytes.Join([(byte)((versionCode == 1 ? 0xC0 : 0xD0) | (numberLength - 1))], TlsBytes.U32(versionCode), TlsBytes.Vector8(isClient ? FirstId : ClientId), TlsBytes.Vector8(isClient ? ClientId : ServerId), [0]);
        var payload = TlsBytes.Join(frames);
        var filled = TlsBytes.Join(payload, new byte[Math.Max(0, 1200 - header.Length - 2 - numberLength - 16 - payload.Length)]);
        header = TlsBytes.Join(header, TlsBytes.U16(0x4000 | (numberLength + filled.Length + 16)), TlsBytes.U32((uint)number)[^numberLength..]);

        return QuicSeal.Initial(version, FirstId, isClient).Protect(header, numberLength, (ulong)number, filled);
    }

    /// <summary>Both hellos, after which the key log opens the rest.</summary>
    public void Hellos()
    {
        Client(Initial(isClient: true, 0, Crypto(0, Http3Hello())));
        Server(Initial(isClient: false, 0, Crypto(0, TlsBytes.ServerHello13())));
    }

    /// <summary>A ClientHello that offers HTTP/3 alone.</summary>
    public static byte[] Http3Hello() => TlsBytes.Message(1, TlsBytes.ClientHelloBody(
        0x0303, [0x1301], [], TlsBytes.ServerName("one.example"), TlsBytes.Alpn("h3"), TlsBytes.Groups(0x001D), TlsBytes.SignatureAlgorithms(0x0403), TlsBytes.SupportedVersions(0x0304), TlsBytes.KeyShares(0x001D)));

    /// <summary>A STREAM frame with offset and length.</summary>
    public static byte[] Stream(int stream, int offset, byte[] bytes) => TlsBytes.Join([0x0E], Integer(stream), Integer(offset), Integer(bytes.Length), bytes);

    private void Say(string from, string to, byte[] datagram)
    {
        var packet = PacketOf(from, to, datagram, ++frame);
        flow.Take(in packet);
    }

    private static Packet PacketOf(string from, string to, byte[] datagram, long frame) => new()
    {
        Kind = PacketKind.Udp, Mark = new FrameMark(frame, new Timestamp(frame * 1_000_000)), Source = PacketBuilder.Endpoint(from), Destination = PacketBuilder.Endpoint(to),
        Payload = datagram, PayloadLength = datagram.Length, Protocol = 17,
    };

    private static byte[] Integer(int value) => value < 64 ? [(byte)value] : TlsBytes.U16(0x4000 | value);

    /// <summary>What the client sends to before it knows the server's id.</summary>
    public static readonly byte[] FirstId = Convert.FromHexString("8394c8f03e515708");
    /// <summary>Where the server sends to.</summary>
    public static readonly byte[] ClientId = [1, 2, 3, 4];
    /// <summary>Where the client sends to.</summary>
    public static readonly byte[] ServerId = [5, 6, 7, 8, 9];
}
