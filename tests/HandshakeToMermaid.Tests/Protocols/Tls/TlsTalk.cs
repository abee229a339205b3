using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

/// <summary>Plays bytes to a dialogue, each piece in a frame of its own, a millisecond apart.</summary>
internal sealed class TlsTalk
{
    private readonly TlsSetting setting;
    private readonly PlayedStream stream;
    private long frame;

    public TlsTalk(bool keepSealed = false, AnalyzerLimits? limits = null)
        : this(new TlsSetting(limits ?? AnalyzerLimits.Default) { MayBringSecrets = keepSealed })
    {
    }

    public TlsTalk(TlsSetting setting)
    {
        this.setting = setting;
        stream = new PlayedStream(443, setting.Limits, new TlsProtocol(setting).FilterFor);
    }

    /// <summary>What was recorded by now.</summary>
    public RecordedTcpFlow Flow => stream.Record();

    /// <summary>The state that a flow table would keep.</summary>
    public TcpTracker Tracker => stream.Tracker;

    /// <summary>A session that has read everything.</summary>
    public TlsStreamSession Session
    {
        get
        {
            var session = new TlsStreamSession(setting);
            Flow.ReadInto(session);
            return session;
        }
    }

    public TlsTalk Client(params byte[][] pieces) => Play(Direction.Forward, pieces);

    public TlsTalk Server(params byte[][] pieces) => Play(Direction.Reverse, pieces);

    public TlsTalk Gap(Direction from, long length, GapKind kind = GapKind.NotCaptured)
    {
        stream.Gap(from, new StreamGap(kind, length, Next()));
        return this;
    }

    public TlsTalk Fin(Direction from)
    {
        Tracker[from].Fin = Next();
        if (Tracker.End == TcpEnd.Open) (Tracker.End, Tracker.EndedBy) = (TcpEnd.Fin, from);
        return this;
    }

    public TlsTalk Rst(Direction from)
    {
        Tracker[from].Rst = Next();
        if (Tracker.End == TcpEnd.Open) (Tracker.End, Tracker.EndedBy) = (TcpEnd.Rst, from);
        return this;
    }

    public TlsFacts Finish() => (TlsFacts)Read()[0];

    /// <summary>What the protocol inside learned.</summary>
    public IReadOnlyList<ProtocolFacts> Inside() => [.. Read().Skip(1)];

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
        var session = new TlsTalk();
        foreach (var line in File.ReadLines(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Recorded", name + ".txt")))
        {
            var bytes = Convert.FromHexString(line[2..]);
            session.frame++;
            foreach (var piece in bytes.Chunk(Math.Min(pieceLength, bytes.Length))) session.Give(line[0] == '>' ? Direction.Forward : Direction.Reverse, piece);
        }

        return session;
    }

    private IReadOnlyList<ProtocolFacts> Read() => new TlsProtocol(setting).Read(Flow);

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
        stream.Bytes(from, piece, Mark());
    }

    private FrameMark Next()
    {
        frame++;
        return Mark();
    }

    private FrameMark Mark() => new(frame, new Timestamp(frame * 1_000_000));
}
