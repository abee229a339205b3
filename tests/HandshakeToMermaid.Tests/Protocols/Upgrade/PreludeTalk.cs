using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Upgrade;

/// <summary>Plays a conversation through the prober, as a connection does: what the client says and what the server says, a frame each.</summary>
internal sealed class PreludeTalk
{
    private readonly PlayedStream stream;
    private readonly FlowReader reader;
    private long frame;

    public PreludeTalk(ushort port = 4000)
    {
        var tls = new TlsSetting(AnalyzerLimits.Default);
        reader = new FlowReader(new NoProtocol(), new NoProtocol(), [new TlsProtocol(tls), new StartTlsProtocol(tls, ProxyCatalog.All), new StartTlsProtocol(tls, StartTlsCatalog.All)], [], AnalyzerLimits.Default);
        stream = new PlayedStream(port, null, reader.FilterFor);
    }

    public RecordedTcpFlow Flow => stream.Record();

    public PreludeTalk Client(string text) => Client(Encoding.Latin1.GetBytes(text));

    public PreludeTalk Server(string text) => Server(Encoding.Latin1.GetBytes(text));

    public PreludeTalk Client(byte[] bytes) => Say(Direction.Forward, bytes);

    public PreludeTalk Server(byte[] bytes) => Say(Direction.Reverse, bytes);

    /// <summary>A ClientHello and the beginning of an answer.</summary>
    public PreludeTalk Hellos() => Client(ClientHello).Server(ServerHello);

    public PreludeTalk Lose(Direction from)
    {
        stream.Gap(from, new StreamGap(GapKind.NotCaptured, 10, Mark()));
        return this;
    }

    /// <summary>True where nothing more is wanted of a direction.</summary>
    public bool IsSatisfied(Direction from) => stream.IsSatisfied(from);

    public IReadOnlyList<ProtocolFacts> Facts => reader.Read(stream.Record(isClosed: false));

    public UpgradeFacts? Prelude => Facts.OfType<UpgradeFacts>().SingleOrDefault();

    /// <summary>"> STARTTLS" for the client, "&lt; 220" for the server; TLS messages in lower case.</summary>
    public string Story => string.Join(" ", Facts.SelectMany(f => f.Steps).Select(s => (s.From == Direction.Forward ? "> " : "< ") + (s is TlsMessageStep m ? m.TypeName : s.Title)));

    public static byte[] ClientHello { get; } = Record([1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0xC0, 0x2F, 1, 0]);

    public static byte[] ServerHello { get; } = Record([2, 0, 0, 38, 3, 3, .. new byte[32], 0, 0xC0, 0x2F, 0]);

    private static byte[] Record(byte[] message) => [22, 3, 3, 0, (byte)message.Length, .. message];

    private PreludeTalk Say(Direction from, byte[] bytes)
    {
        if (bytes.Length > 0) stream.Bytes(from, bytes, Mark());
        return this;
    }

    private FrameMark Mark() => new(++frame, new Timestamp(frame * 1_000_000));

    /// <summary>Stands for the transport, which has nothing to say here.</summary>
    private sealed class NoProtocol : IProtocol
    {
        public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => [];
    }
}
