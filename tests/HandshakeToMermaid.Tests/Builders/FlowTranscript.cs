using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Writes down what a flow tells its reader: "&gt;abc@4" are bytes of the initiator from frame 4, "&lt;" those of the responder.</summary>
internal sealed class FlowTranscript : IStreamReader
{
    private readonly long[] wanted;
    private readonly long[] taken = [0, 0];
    private readonly List<string> told = [];

    public FlowTranscript(TcpFlow flow, long wanted)
    {
        Open = flow;
        this.wanted = [wanted, wanted];
    }

    /// <summary>The flow as its table knows it.</summary>
    public TcpFlow Open { get; }

    /// <summary>What is recorded of the flow, by now or for good.</summary>
    public RecordedTcpFlow Flow { get => field ?? Open.Record(default); set; }

    /// <summary>Its state while it is open.</summary>
    public TcpTracker Tracker => Open.Tracker;

    public bool IsClosed { get; set; }

    /// <summary>Everything that was told, in order.</summary>
    public string Told => string.Join(' ', told);

    /// <summary>The events' names in order: "&gt;Syn &lt;SynAck &gt;Ack".</summary>
    public string Events => string.Join(' ', Flow.Events.ToArray().Select(e => $"{(e.From == Direction.Forward ? '>' : '<')}{e.Kind}"));

    /// <summary>The bytes of each direction.</summary>
    public MemoryStream[] Streams { get; } = [new(), new()];

    public List<StreamGap>[] Gaps { get; } = [[], []];

    public string Text(Direction from) => Encoding.Latin1.GetString(Streams[(int)from].ToArray());

    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        Assert.False(IsClosed);
        Assert.False(bytes.IsEmpty);
        Streams[(int)from].Write(bytes);
        taken[(int)from] += bytes.Length;
        var text = bytes.Length > 20 ? $"[{bytes.Length}]" : Encoding.Latin1.GetString(bytes);
        told.Add($"{(from == Direction.Forward ? '>' : '<')}{text}@{mark.Frame}");
    }

    public void Gap(Direction from, StreamGap gap)
    {
        Assert.False(IsClosed);
        Gaps[(int)from].Add(gap);
        told.Add(string.Create(CultureInfo.InvariantCulture, $"{(from == Direction.Forward ? '>' : '<')}{gap.Kind}({gap.Length})@{gap.Mark.Frame}"));
    }

    public bool IsSatisfied(Direction from) => taken[(int)from] >= wanted[(int)from];
}
