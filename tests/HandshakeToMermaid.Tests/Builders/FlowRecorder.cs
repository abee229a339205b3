using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A flow table whose flows are written down.</summary>
internal sealed class FlowRecorder : ITcpFlowListener
{
    private readonly Dictionary<long, FlowTranscript> transcripts = [];
    private readonly long wanted;

    /// <summary>An empty table; its readers are satisfied after <paramref name="wanted"/> bytes of a direction.</summary>
    public FlowRecorder(AnalyzerLimits? limits = null, long wanted = long.MaxValue, int seed = 1, TableMemory? memory = null)
    {
        this.wanted = wanted;
        Table = new TcpFlowTable(wanted == long.MaxValue ? limits ?? AnalyzerLimits.Default : (limits ?? AnalyzerLimits.Default) with { RecordedBytes = 0 }, this, new OrdinalSource(), memory ?? new TableMemory(AnalyzerLimits.Default.TableBytes), new Random(seed));
    }

    public TcpFlowTable Table { get; }

    /// <summary>All flows in the order in which they began.</summary>
    public List<FlowTranscript> Flows { get; } = [];

    /// <summary>The ordinals in the order in which flows were closed.</summary>
    public List<long> Closed { get; } = [];

    /// <summary>Reads a script to its end: the one flow in it.</summary>
    public static FlowTranscript One(string script, AnalyzerLimits? limits = null, long wanted = long.MaxValue) =>
        Assert.Single(All(script, limits, wanted).Flows);

    /// <summary>Reads a script to its end.</summary>
    public static FlowRecorder All(string script, AnalyzerLimits? limits = null, long wanted = long.MaxValue)
    {
        var recorder = new FlowRecorder(limits, wanted);
        recorder.Feed(TcpScript.Read(script));
        recorder.Table.Finish();
        return recorder;
    }

    public void Feed(IEnumerable<ScriptedSegment> segments)
    {
        foreach (var segment in segments)
        {
            var packet = segment.ToPacket();
            if (segment.Icmp is null) Table.Add(in packet, "test.pcap");
            else Table.AddIcmp(in packet);
        }
    }

    /// <summary>The ordinals of flows that were given up without a record.</summary>
    public List<long> Dropped { get; } = [];

    /// <summary>The ordinals of flows that were answered, in that order.</summary>
    public List<long> Answered { get; } = [];

    void ITcpFlowListener.Opened(TcpFlow flow) => transcripts[flow.Ordinal] = Add(new FlowTranscript(flow, wanted));

    IStreamReader? ITcpFlowListener.ReaderFor(TcpFlow flow) => transcripts[flow.Ordinal];

    void ITcpFlowListener.Answered(TcpFlow flow) => Answered.Add(flow.Ordinal);

    void ITcpFlowListener.Dropped(TcpFlow flow) => Dropped.Add(flow.Ordinal);

    IRecordingFilter? ITcpFlowListener.FilterFor(TcpFlow flow) => null;

    void ITcpFlowListener.Closed(TcpFlow flow, RecordedTcpFlow recorded)
    {
        var transcript = transcripts[flow.Ordinal];
        Assert.False(transcript.IsClosed, "a flow is closed once");
        transcript.IsClosed = true;
        transcript.Flow = recorded;
        Closed.Add(flow.Ordinal);
    }

    private FlowTranscript Add(FlowTranscript transcript)
    {
        Flows.Add(transcript);
        return transcript;
    }
}
