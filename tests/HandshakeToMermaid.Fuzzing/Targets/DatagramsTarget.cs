using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Dns;
using HandshakeToMermaid.Tests.Protocols.Quic;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>QUIC and DTLS. Bit 0 of a tag: from the server; bit 1: the frames of an Initial packet, which are sealed here; bit 6: a key log.</summary>
internal sealed class DatagramsTarget : FuzzTarget
{
    private const byte FromServer = 1;
    private const byte Initial = 2;
    private const byte Log = 0x40;

    /// <inheritdoc/>
    public override string Name => "datagrams";

    /// <inheritdoc/>
    public override string Summary => "QUIC packets, frames inside sealed Initial packets, DTLS records and fragments";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => (tag & Log) != 0 ? TextGrammar.Lines : (tag & Initial) != 0 ? DatagramGrammar.Frames : DatagramGrammar.Datagram);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (8_000_000, 3_000);

    /// <inheritdoc/>
    public override int ShortRun => 200;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
        [[0, 0, 0, 0], [0x6B, 0x33, 0x43, 0xCF], [0, 0, 0, 1], [0xBF, 0xFF, 0xFF, 0xFF], [6, 0, 0x40, 0], [0x1C, 0x41, 0x28, 0, 0], [2, 1, 0, 0, 0], [0xFE, 0xFD], [0xFE, 0xFF], [0x19, 0xFE, 0xFD], [0x2C], [0x3F]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        foreach (var talk in Conversation.Of(material))
        {
            if (talk.Kind == PacketKind.Udp && talk.Port != 53) yield return Script.Write([(Log, material.KeyLog), .. talk.Said.Take(30).Select(s => (s.IsFirst ? (byte)0 : FromServer, s.Bytes))]);
            if (talk.Kind != PacketKind.Tcp || talk.Said[0].Bytes is not [22, 3, ..] || talk.Of(isFirst: true) is not { Length: > 60 } hello) continue;
            var message = hello[5..Math.Min(hello.Length, 5 + Lengths.U16(hello, 3))];
            var half = message.Length / 2;
            yield return Script.Write([(Initial, QuicTalk.Crypto(0, message)), (Initial | FromServer, [2, 0, 0, 0, 0, .. QuicTalk.Crypto(0, TlsBytes.ServerHello13())])]);
            yield return Script.Write([(Initial, [1, .. QuicTalk.Crypto(half, message[half..]), 0, 0, .. QuicTalk.Crypto(0, message[..half])]), (Initial | FromServer, [0x1C, 0x41, 0x28, 0, 3, .. "bad"u8])]);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var items = Script.Read(input);
        Invariant.Same(Said(items), Said(items), "same answer twice");
    }

    private static string Said(List<(byte Tag, byte[] Bytes)> items)
    {
        var said = new StringBuilder();
        var secrets = new SecretStore();
        foreach (var (_, bytes) in items.Where(i => (i.Tag & Log) != 0)) KeyLog.Read(bytes, secrets);
        var protocols = new ProtocolCatalog(AnalyzerLimits.Default, secrets, null, mayBringSecrets: false, verifiesHandshakes: true, [], new LookupRecorder()).DatagramFlows;
        UdpFlow? flow = null;
        var number = 0;
        foreach (var (tag, bytes) in items.Where(i => (i.Tag & Log) == 0))
        {
            var payload = (tag & Initial) == 0 ? bytes : QuicTalk.Initial((tag & FromServer) == 0, number % 200, bytes.Length > 1100 ? bytes[..1100] : bytes);
            if ((tag & Initial) != 0)
            {
                foreach (var frame in QuicFrames.Read(bytes)) said.Append($"{frame.Type} {frame.Stream} {frame.Offset} {frame.Data.Length};");
            }

            var packet = Packet(payload, (tag & FromServer) == 0, ++number);
            for (var i = 0; flow is null && i < protocols.Count; i++)
            {
                if (protocols[i].Recognises(in packet)) flow = new UdpFlow(1, "fuzz", packet.Source, packet.Destination, packet.Mark, protocols[i].Name, protocols[i].BeginFilter(), AnalyzerLimits.Default.EncryptedBytes, new SpareBuffer());
            }

            if (flow is { IsOver: false }) flow.Take(in packet);
        }

        if (flow is null) return said.ToString();
        var recorded = flow.Record(default);
        return said + FactsCheck.All(protocols.First(p => p.Name == recorded.Protocol).Read(recorded), recorded);
    }

    private static Packet Packet(byte[] payload, bool isClient, int number)
    {
        var (client, server) = (LookupRecorder.Endpoint("192.0.2.1:40000"), LookupRecorder.Endpoint("192.0.2.2:443"));
        return new Packet
        {
            Kind = PacketKind.Udp, Mark = new FrameMark(number, new Timestamp(number * 1_000_000L)), Source = isClient ? client : server, Destination = isClient ? server : client,
            Payload = payload, PayloadLength = payload.Length, Protocol = 17,
        };
    }
}
