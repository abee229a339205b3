using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

public class MessageLawsTests
{
    private static readonly int[] Suites = [0, 0x002F, 0x0033, 0x0034, 0x0003, 0x008C, 0x0090, 0x0094, 0xC011, 0xC018, 0xC02F, 0xC035, 0xC01D, 0xC01E, 0x001E, 0x0081, 0x1301];

    public static TheoryData<string> Valid() => [.. ValidMessages().Keys];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_message_has_no_fault(string name)
    {
        var (type, body, context, _) = ValidMessages()[name];
        Assert.Equal(default, HandshakeMessage.Read(new HandshakeType((byte)type), body, context).Fault);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Every_prefix_of_a_valid_message_faults_without_a_throw(string name)
    {
        var (type, body, context, lawful) = ValidMessages()[name];
        for (var length = 0; length < body.Length; length++)
        {
            var message = HandshakeMessage.Read(new HandshakeType((byte)type), body.AsMemory(0, length), context);
            Assert.True(message.Fault.IsFault || lawful.Contains(length), $"{length} of {body.Length} bytes");
            Assert.NotNull(FactsOf(message, Detail.Full).ToList());
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Less_detail_leaves_out_nothing_but_facts_of_more(string name)
    {
        var (type, body, context, _) = ValidMessages()[name];
        var message = HandshakeMessage.Read(new HandshakeType((byte)type), body, context);
        foreach (var detail in Enum.GetValues<Detail>())
        {
            Assert.Equal(FactsOf(message, Detail.Full).Where(f => f.Level <= detail), FactsOf(message, detail).Where(f => f.Level <= detail));
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_byte_too_many_is_a_fault_and_the_message_is_still_shown(string name)
    {
        var (type, body, context, _) = ValidMessages()[name];
        if (type is 20 or 23) return;
        var message = HandshakeMessage.Read(new HandshakeType((byte)type), Join(body, U8(0)), context);
        Assert.True(message.Fault.IsFault);
    }

    [Fact]
    public void A_thousand_random_bodies_of_every_type_never_throw()
    {
        var random = new Random(20261120);
        for (var type = 0; type < 256; type++)
        {
            if (type > 30 && type is not (67 or 203 or 254)) continue;
            for (var round = 0; round < 1000; round++)
            {
                var body = new byte[random.Next(0, 90)];
                random.NextBytes(body);
                if (round % 2 == 0) Array.Clear(body, 0, Math.Min(body.Length, random.Next(0, 5)));
                var version = (round % 5) switch { 0 => 0x0304, 1 => 0x0303, 2 => 0x0301, 3 => 0x0300, _ => 0 };
                var context = new MessageContext(new ProtocolVersion((ushort)version), new CipherSuite(Suites[round % Suites.Length]), AnalyzerLimits.Default);
                var message = HandshakeMessage.Read(new HandshakeType((byte)type), body, context);
                Assert.NotEmpty(MessageWordsCatalog.Of(message).TitleOf(message));
                foreach (var fact in FactsOf(message, Detail.Full)) Assert.NotNull(fact.Text);
            }
        }
    }

    [Fact]
    public void A_thousand_random_bodies_of_every_extension_never_throw()
    {
        var random = new Random(8446);
        int[] types = [.. Enumerable.Range(0, 64), 13172, 17513, 17613, 0xFD00, 0xFE0D, 0xFF01, 0x0A0A];
        foreach (var type in types)
        {
            for (var round = 0; round < 1000; round++)
            {
                var data = new byte[random.Next(0, 40)];
                random.NextBytes(data);
                if (round % 2 == 0 && data.Length > 1) (data[0], data[1]) = (0, (byte)(data.Length - 2));
                var extension = HandshakeToMermaid.Protocols.Tls.Codec.Extensions.Extension.Decode(new ExtensionType((ushort)type), data, (MessagePlace)(round % 7));
                Assert.Equal(type, extension.Type.Code);
            }
        }
    }

    [Fact]
    public void A_server_of_ssl_2_that_knows_the_session_sends_no_certificate()
        => Assert.Null(Ssl2ServerHello.Read(Join(U8(1), U8(0), U16(2), U16(0), U16(0), U16(0))).Certificate);

    [Fact]
    public void Certificates_above_the_cap_are_not_read()
    {
        foreach (var count in new[] { 2, 3, 4 })
        {
            var context = Tls12 with { Limits = AnalyzerLimits.Default with { CertificatesPerMessage = 3 } };
            var message = CertificateMessage.Read(Certificate12([.. Enumerable.Repeat(9, count)]).AsMemory(4), context);
            Assert.Equal(Math.Min(count, 3), message.Entries.Count);
            Assert.Equal(count > 3 ? new WireFault(FaultKind.TooLong, 3 + (3 * 12), "certificate_list") : default, message.Fault);
        }
    }

    private static IEnumerable<StepFact> FactsOf(HandshakeMessage message, Detail detail) => MessageWordsCatalog.Of(message).FactsOf(message, default, detail);

    private static MessageContext Tls12 => new(ProtocolVersion.Tls12, new CipherSuite(0xC02F), AnalyzerLimits.Default);

    private static MessageContext Tls13 => new(ProtocolVersion.Tls13, new CipherSuite(0x1301), AnalyzerLimits.Default);

    private static MessageContext With(int suite, int version = 0x0303) => new(new ProtocolVersion((ushort)version), new CipherSuite(suite), AnalyzerLimits.Default);

    /// <summary>Each with the prefixes that are lawful messages themselves: a hello may end before its extensions.</summary>
    private static Dictionary<string, (int Type, byte[] Body, MessageContext Context, int[] Lawful)> ValidMessages()
    {
        var hello = ClientHello13("one.example", PreSharedKey())[4..];
        var helloStem = ClientHelloBody(0x0303, null, Fill(32, 0x11)).Length;
        var serverHello = ServerHello13()[4..];
        var serverStem = ServerHelloBody(0x1301, 0x0303, Fill(32)).Length;
        var dhParams = Join(Vector16(Fill(128)), Vector16(U8(2)), Vector16(Fill(128)));
        return new()
        {
            ["ClientHello"] = (1, hello, MessageContext.Initial, [helloStem]),
            ["ClientHello of SSL 3.0"] = (1, ClientHelloBody(0x0300), MessageContext.Initial, []),
            ["ServerHello"] = (2, serverHello, MessageContext.Initial, [serverStem]),
            ["HelloRetryRequest"] = (2, HelloRetryRequest()[4..], MessageContext.Initial, [serverStem]),
            ["ServerHello of draft 18"] = (2, Join(U16(0x7F12), Fill(32), U16(0x1301), Vector16(KeyShare(0x1D))), MessageContext.Initial, [36]),
            ["NewSessionTicket 1.2"] = (4, Join(U32(300), Vector16(Fill(40))), Tls12, []),
            ["NewSessionTicket 1.3"] = (4, Join(U32(300), U32(9), Vector8(Fill(8)), Vector16(Fill(40)), Vector16(Extension(42, U32(16384)))), Tls13, []),
            ["EncryptedExtensions"] = (8, Vector16(Alpn("h2"), Extension(0)), Tls13, []),
            ["Certificate 1.2"] = (11, Certificate12(30, 40)[4..], Tls12, []),
            ["Certificate 1.3"] = (11, Join(Vector8(), Vector24(Vector24(Fill(30)), Vector16(Extension(5, U8(1), Vector24(Fill(9)))), Vector24(Fill(31)), Vector16())), Tls13, []),
            ["ServerKeyExchange ECDHE"] = (12, ServerKeyExchange12()[4..], Tls12, []),
            ["ServerKeyExchange ECDHE of TLS 1.0"] = (12, Join(U8(3), U16(0x17), Vector8(Fill(65)), Vector16(Fill(64))), With(0xC013, 0x0301), []),
            ["ServerKeyExchange DHE"] = (12, Join(dhParams, U16(0x0401), Vector16(Fill(256))), With(0x0033), []),
            ["ServerKeyExchange DH_anon"] = (12, dhParams, With(0x0034), []),
            ["ServerKeyExchange PSK"] = (12, Vector16(Text("hint")), With(0x008C), []),
            ["ServerKeyExchange ECDHE_PSK"] = (12, Join(Vector16(Text("hint")), U8(3), U16(0x1D), Vector8(Fill(32))), With(0xC035), []),
            ["ServerKeyExchange RSA_EXPORT"] = (12, Join(Vector16(Fill(64)), Vector16(U24(65537)), Vector16(Fill(64))), With(0x0003, 0x0301), []),
            ["CertificateRequest 1.2"] = (13, CertificateRequest12()[4..], Tls12, []),
            ["CertificateRequest 1.0"] = (13, Join(Vector8(U8(1)), Vector16()), With(0x002F, 0x0301), []),
            ["CertificateRequest 1.3"] = (13, Join(Vector8(), Vector16(SignatureAlgorithms(0x0403), Extension(47, Vector16(Vector16(Fill(5)))))), Tls13, []),
            ["CertificateVerify"] = (15, Join(U16(0x0804), Vector16(Fill(256))), Tls12, []),
            ["CertificateVerify 1.0"] = (15, Vector16(Fill(128)), With(0x002F, 0x0301), []),
            ["ClientKeyExchange ECDHE"] = (16, Vector8(Fill(32)), Tls12, []),
            ["ClientKeyExchange RSA"] = (16, Vector16(Fill(256)), With(0x002F), []),
            ["ClientKeyExchange PSK"] = (16, Vector16(Text("me")), With(0x008C), []),
            ["CertificateStatus"] = (22, Join(U8(1), Vector24(Fill(90))), Tls12, []),
            ["KeyUpdate"] = (24, U8(1), Tls13, []),
            ["NextProtocol"] = (67, Join(Vector8(Text("spdy/3")), Vector8(Fill(20))), Tls12, []),
        };
    }
}
