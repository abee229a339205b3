using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A TCP connection whose bytes are given in order, without packets: what is recorded of it.</summary>
internal sealed class PlayedStream : ITcpFlowListener
{
    private readonly Func<RecordedTcpFlow, IRecordingFilter?> filterFor;

    public PlayedStream(ushort port = 443, AnalyzerLimits? limits = null, Func<RecordedTcpFlow, IRecordingFilter?>? filterFor = null)
    {
        this.filterFor = filterFor ?? (static _ => null);
        Flow = new TcpFlow(1, "test", new IpEndpoint(IpAddress.FromIpv4(0x0A000001), 40000), new IpEndpoint(IpAddress.FromIpv4(0x0A000002), port), new FrameMark(1, default));
        Flow.Track(Tracker, limits ?? AnalyzerLimits.Default, this, hasHeldSyn: false);
    }

    public TcpFlow Flow { get; }

    /// <summary>The state that a flow table would keep: tests set what packets would.</summary>
    public TcpTracker Tracker { get; } = new();

    public bool IsSatisfied(Direction from) => Tracker.Reader.IsSatisfied(from);

    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        Tracker[from].Packets++;
        if (!IsSatisfied(from)) Tracker.Reader.Bytes(from, bytes, mark);
    }

    public void Gap(Direction from, StreamGap gap)
    {
        if (!IsSatisfied(from)) Tracker.Reader.Gap(from, gap);
    }

    /// <summary>What was recorded by now.</summary>
    public RecordedTcpFlow Record(bool isClosed = true) => new(Tracker, Tracker.Reader.Copy(), default, isClosed ? RecordedState.Closed : RecordedState.Open);

    void ITcpFlowListener.Opened(TcpFlow flow)
    {
    }

    IStreamReader? ITcpFlowListener.ReaderFor(TcpFlow flow) => null;

    void ITcpFlowListener.Answered(TcpFlow flow)
    {
    }

    void ITcpFlowListener.Dropped(TcpFlow flow)
    {
    }

    IRecordingFilter? ITcpFlowListener.FilterFor(TcpFlow flow) => filterFor(flow.Record(default));

    void ITcpFlowListener.Closed(TcpFlow flow, RecordedTcpFlow recorded)
    {
    }
}
