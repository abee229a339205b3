using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

/// <summary>Plays bytes to a dialogue, each piece in a frame of its own, a millisecond apart.</summary>
internal sealed class TlsTalk
{
    private readonly TlsDialogue dialogue;
    private long frame;

    public TlsTalk(bool keepSealed = false, AnalyzerLimits? limits = null)
        : this(new TlsSetting(limits ?? AnalyzerLimits.Default) { MayBringSecrets = keepSealed })
    {
    }

    public TlsTalk(TlsSetting setting)
    {
        dialogue = new TlsDialogue(setting);
        Flow = new TcpFlow(0, "test", new IpEndpoint(IpAddress.FromIpv4(0x0A000001), 40000), new IpEndpoint(IpAddress.FromIpv4(0x0A000002), 443))
        {
            First = new FrameMark(1, default),
        };
    }

    public TcpFlow Flow { get; }

    public TlsDialogue Dialogue => dialogue;

    public TlsTalk Client(params byte[][] pieces) => Play(Direction.Forward, pieces);

    public TlsTalk Server(params byte[][] pieces) => Play(Direction.Reverse, pieces);

    public TlsTalk Gap(Direction from, long length, GapKind kind = GapKind.NotCaptured)
    {
        dialogue.Gap(from, new StreamGap(kind, length, Next()));
        return this;
    }

    public TlsTalk Fin(Direction from)
    {
        Flow[from].Fin = Next();
        if (Flow.End == TcpEnd.Open) (Flow.End, Flow.EndedBy) = (TcpEnd.Fin, from);
        return this;
    }

    public TlsTalk Rst(Direction from)
    {
        Flow[from].Rst = Next();
        if (Flow.End == TcpEnd.Open) (Flow.End, Flow.EndedBy) = (TcpEnd.Rst, from);
        return this;
    }

    public TlsFacts Finish() => (TlsFacts)dialogue.Finish()[0];

    /// <summary>What the protocol inside learned.</summary>
    public IReadOnlyList<ProtocolFacts> Inside() => [.. dialogue.Finish().Skip(1)];

    public Outcome Outcome()
    {
        var facts = Finish();
        return facts.Judge(new FlowSummary(Flow, facts.ClientDirection ?? Direction.Forward))!;
    }

    /// <summary>The steps as one line: "C ClientHello, S ServerHello".</summary>
    public string Story() => string.Join(", ", Finish().Steps.Select(s => $"{(s.From == Direction.Forward ? "C" : "S")} {s.Title}"));

    /// <summary>Plays a recording: lines of "> HEX" and "&lt; HEX".</summary>
    public static TlsTalk Recorded(string name, int pieceLength = int.MaxValue)
    {
        var talk = new TlsTalk();
        foreach (var line in File.ReadLines(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Recorded", name + ".txt")))
        {
            var bytes = Convert.FromHexString(line[2..]);
            talk.frame++;
            foreach (var piece in bytes.Chunk(Math.Min(pieceLength, bytes.Length))) talk.Give(line[0] == '>' ? Direction.Forward : Direction.Reverse, piece);
        }

        return talk;
    }

    private TlsTalk Play(Direction from, byte[][] pieces)
    {
        foreach (var piece in pieces)
        {
            Next();
            Give(from, piece);
        }

        return this;
    }

    private void Give(Direction from, byte[] piece)
    {
        Flow[from].Packets++;
        if (!dialogue.IsSatisfied(from)) dialogue.Bytes(from, piece, Mark());
    }

    private FrameMark Next()
    {
        frame++;
        return Mark();
    }

    private FrameMark Mark() => new(frame, new Timestamp(frame * 1_000_000));
}
