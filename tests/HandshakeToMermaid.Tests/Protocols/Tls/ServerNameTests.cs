using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

/// <summary>Finding the name without decoding must never say anything else than decoding does.</summary>
public sealed class ServerNameTests
{
    public static TheoryData<byte[]> Hellos => new()
    {
        ClientHello13(),
        ClientHello13("xn--bcher-kva.example"),
        ClientHello12(),
        Message(1, ClientHelloBody(0x0303)),
        Message(1, ClientHelloBody(0x0303, null, null, Extension(0, Vector16(Join(U8(0), Vector16(Fill(300))))))),
        Message(1, ClientHelloBody(0x0303, null, null, Extension(0, Vector16(Join(U8(0), Vector16(Fill(3)), U8(0), Vector16(Fill(4))))))),
        Message(1, ClientHelloBody(0x0303, null, null, Extension(0, Vector16(Join(U8(1), Vector16(Fill(3))))))),
        Message(1, ClientHelloBody(0x0303, null, null, Extension(0, []))),
        Message(1, ClientHelloBody(0x0303, null, null, Extension(0, Vector16(Join(U8(0), Vector16([])))))),
        ClientHello13("one.example", Extension(0, Vector16(Join(U8(0), Vector16(Fill(5)))))),
        ClientHello13("outer.example", Extension(0xFE0D, Fill(40))),
        Message(1, Join(U16(0x0303), Fill(32), Vector8([]), Vector16([0x13, 1, 0x13]), Vector8([0]), Vector16(ServerName("one.example")))),
        Message(1, Join(U16(0xFEFD), Fill(32), Vector8([]), Vector16([0x13, 1]), Vector8([0]), Vector16(ServerName("one.example")))),
    };

    [Theory]
    [MemberData(nameof(Hellos))]
    public void What_is_found_is_what_decoding_finds(byte[] message)
    {
        var record = Handshake(message);
        var expected = ClientHello.Read(message.AsMemory(4)).ServerName;
        for (var change = -1; change < record.Length * Masks.Length; change++)
        {
            var flipped = change < 0 ? -1 : change / Masks.Length;
            var bytes = (byte[])record.Clone();
            if (flipped >= 0) bytes[flipped] ^= Masks[change % Masks.Length];
            if (!TlsProtocol.TryFindServerName(bytes, out var name)) continue;
            var decoded = ClientHello.Read(bytes.AsMemory(9));
            Assert.Equal(decoded.ServerName, name.IsEmpty ? null : WireText.Decode(name));
            if (flipped < 0) Assert.Equal(expected, decoded.ServerName);
        }
    }

    [Theory]
    [MemberData(nameof(Hellos))]
    public void A_part_of_a_hello_tells_nothing(byte[] message)
    {
        var record = Handshake(message);
        for (var length = 0; length < record.Length; length++) Assert.False(TlsProtocol.TryFindServerName(record.AsSpan(0, length), out _));
    }

    [Fact]
    public void The_usual_hello_is_not_decoded()
    {
        Assert.True(TlsProtocol.TryFindServerName(Handshake(ClientHello13("one.example")), out var name));
        Assert.Equal("one.example"u8, name);
    }

    [Fact]
    public void The_name_outside_an_encrypted_hello_is_the_one_of_the_connection()
    {
        Assert.True(TlsProtocol.TryFindServerName(Handshake(ClientHello13("outer.example", Extension(0xFE0D, Fill(40)))), out var name));
        Assert.Equal("outer.example"u8, name);
    }

    private static readonly byte[] Masks = [1, 0x41, 0x80, 0xFD, 0xFF];
}
