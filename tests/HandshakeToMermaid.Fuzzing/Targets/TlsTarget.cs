using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>TLS streams, and each handshake message and extension by itself, in every version and place.</summary>
internal sealed class TlsTarget : FuzzTarget
{
    private const byte MessageAlone = 0x40;
    private const byte ExtensionAlone = 0x80;

    private static readonly ushort[] Versions = [0, 0x0300, 0x0301, 0x0303, 0x0304, 0xFEFD, 0x7F1C];
    private static readonly int[] Suites = [0, 0x002F, 0x0033, 0x0034, 0x0003, 0x008C, 0x0090, 0xC011, 0xC018, 0xC02F, 0xC035, 0xC01D, 0x0081, 0x1301];

    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override string Summary => "TLS streams; each handshake message and extension alone";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => (tag & ExtensionAlone) != 0 ? VectorGrammar.Guess : (tag & MessageAlone) != 0 ? TlsGrammar.Messages : TlsGrammar.Records);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (4_000_000, 2_000);

    /// <inheritdoc/>
    public override int ShortRun => 400;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
        [TlsBytes.Alert(2, 40), TlsBytes.ChangeCipherSpec(), TlsBytes.ServerHelloDone(), TlsBytes.HelloRetryRequest(), TlsBytes.Certificate12(30), TlsBytes.Encrypted(40), TlsBytes.SealedFinished(), [0x0A, 0x0A], [3, 4], [0x7F, 0x1C], [0xFE, 0x0D]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        foreach (var talk in Conversation.Of(material).Where(c => c.Kind == PacketKind.Tcp && c.Said[0].Bytes is [22, 3, ..] or [0x80, ..]))
        {
            yield return StreamRun.Script(talk.Said);
            foreach (var isFirst in (bool[])[true, false])
            {
                var stream = new Node("root", talk.Of(isFirst)) { Grammar = TlsGrammar.Records };
                foreach (var message in stream.Open().Children.SelectMany(record => record.Open().Children).SelectMany(fragment => fragment.Open().Children).Where(m => m.Kind == "tls message"))
                {
                    yield return Script.Write([(MessageAlone, message.Bytes)]);
                    foreach (var extension in message.Open().Children.SelectMany(body => body.Open().Children).Where(p => p.Kind == "tls extensions").SelectMany(list => list.Open().Children)) yield return Script.Write([(ExtensionAlone, extension.Bytes)]);
                }
            }
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
        foreach (var (tag, bytes) in items)
        {
            if ((tag & ExtensionAlone) != 0) Extension(bytes);
            else if ((tag & MessageAlone) != 0) Message(bytes);
        }

        return StreamRun.All(items.Where(item => item.Tag < MessageAlone), 443);
    }

    private static void Message(byte[] bytes)
    {
        if (bytes.Length < 4) return;
        var body = bytes.AsMemory(4);
        for (var i = 0; i < Versions.Length; i++)
        {
            var context = new MessageContext(new ProtocolVersion(Versions[i]), new CipherSuite(Suites[(bytes[^1] + i) % Suites.Length]), AnalyzerLimits.Default);
            var message = HandshakeMessage.Read(new HandshakeType(bytes[0]), body, context);
            var words = MessageWordsCatalog.Of(message);
            if (words.TitleOf(message).Length == 0) throw new InvariantException("each step has a title", $"message {bytes[0]}");
            foreach (var fact in words.FactsOf(message, default, Detail.Full)) _ = fact.Text.Length;
            _ = words.ExplanationOf(message, false);
            if (message is ClientHello hello) _ = Fingerprints.Of(hello, "tcp");
        }
    }

    private static void Extension(byte[] bytes)
    {
        if (bytes.Length < 4) return;
        for (var place = MessagePlace.ClientHello; place <= MessagePlace.NewSessionTicket; place++)
        {
            _ = Protocols.Tls.Codec.Extensions.Extension.Decode(new ExtensionType((ushort)Lengths.U16(bytes, 0)), bytes.AsMemory(4), place).Text;
        }
    }
}
