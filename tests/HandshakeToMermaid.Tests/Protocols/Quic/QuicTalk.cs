using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
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

    private readonly QuicProtocol protocol = new(new TlsSetting(AnalyzerLimits.Default));
    private readonly UdpFlow flow;

    public QuicTalk() => flow = new UdpFlow(1, "test", PacketBuilder.Endpoint("192.0.2.1:40000"), PacketBuilder.Endpoint("192.0.2.2:443"), default, "quic", protocol.BeginFilter(), AnalyzerLimits.Default.EncryptedBytes);

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
    public static byte[] Initial(bool isClient, int number, int numberLength, byte[][] frames)
    {
        var version = new QuicVersion(1);
        var header = TlsBytes.Join([(byte)(0xC0 | (numberLength - 1))], TlsBytes.U32(1), TlsBytes.Vector8(isClient ? FirstId : ClientId), TlsBytes.Vector8(isClient ? ClientId : ServerId), [0]);
        var payload = TlsBytes.Join(frames);
        var filled = TlsBytes.Join(payload, new byte[Math.Max(0, 1200 - header.Length - 2 - numberLength - 16 - payload.Length)]);
        header = TlsBytes.Join(header, TlsBytes.U16(0x4000 | (numberLength + filled.Length + 16)), TlsBytes.U32((uint)number)[^numberLength..]);

        Span<byte> extracted = stackalloc byte[32], secret = stackalloc byte[32], key = stackalloc byte[16], iv = stackalloc byte[12], numberKey = stackalloc byte[16], nonce = stackalloc byte[12];
        HKDF.Extract(HashAlgorithmName.SHA256, FirstId, version.Salt, extracted);
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, extracted, isClient ? "client in"u8 : "server in"u8, default, secret);
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, secret, "quic key"u8, default, key);
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, secret, "quic iv"u8, default, iv);
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, secret, "quic hp"u8, default, numberKey);
        AeadNonce.Xor(iv, (ulong)number, nonce);
        var sealedBytes = new byte[filled.Length + 16];
        using (var gcm = new AesGcm(key, 16)) gcm.Encrypt(nonce, filled, sealedBytes.AsSpan(0, filled.Length), sealedBytes.AsSpan(filled.Length), header);
        using var aes = Aes.Create();
        aes.Key = numberKey.ToArray();
        var mask = aes.EncryptEcb(sealedBytes.AsSpan(4 - numberLength, 16), PaddingMode.None);
        header[0] ^= (byte)(mask[0] & 0x0F);
        for (var i = 0; i < numberLength; i++) header[^(numberLength - i)] ^= mask[1 + i];
        return TlsBytes.Join(header, sealedBytes);
    }

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

    private static readonly byte[] FirstId = Convert.FromHexString("8394c8f03e515708");
    private static readonly byte[] ClientId = [1, 2, 3, 4];
    private static readonly byte[] ServerId = [5, 6, 7, 8, 9];
}
