using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>What a capture holds of the datagrams between two endpoints (RFC 768), from the one on by which a protocol recognised them. Immutable.</summary>
internal sealed class RecordedUdpFlow : RecordedFlow
{
    private readonly RecordedHalf forward;
    private readonly RecordedHalf reverse;
    private readonly RecordedDatagram[] datagrams;
    private readonly StreamOmission omittedForward;
    private readonly StreamOmission omittedReverse;

    internal RecordedUdpFlow(UdpFlow flow, Timestamp seenUntil, RecordedState state)
        : base(flow, flow.Last, seenUntil, state)
    {
        Protocol = flow.Protocol;
        Errors = [.. flow.Errors];
        datagrams = flow.Recorder.ToArray();
        Paths = [.. flow.Paths];
        (omittedForward, omittedReverse) = (flow.Recorder.OmittedOf(Direction.Forward), flow.Recorder.OmittedOf(Direction.Reverse));
        (forward, reverse) = (new RecordedUdpHalf(flow.Forward), new RecordedUdpHalf(flow.Reverse));
    }

    /// <summary>The name of the protocol that recognised it: "dtls", "quic".</summary>
    public string Protocol { get; }

    /// <summary>ICMP errors that quote its datagrams; later ones than <see cref="Limits.AnalyzerLimits.EventsPerFlow"/> were not recorded.</summary>
    public IReadOnlyList<UdpError> Errors { get; }

    /// <summary>The recorded datagrams, in capture order: those of the beginning, and the last small ones.</summary>
    public IReadOnlyList<RecordedDatagram> Datagrams => datagrams;

    /// <summary>Endpoints between which it may have gone on; its reader decides by what came there.</summary>
    public IReadOnlyList<UdpPath> Paths { get; }

    /// <summary>What came between those and was only counted.</summary>
    public StreamOmission OmittedOf(Direction from) => from == Direction.Forward ? omittedForward : omittedReverse;

    /// <inheritdoc/>
    public override bool IsAnswered => reverse.Packets > 0;

    /// <inheritdoc/>
    internal override int HeldBytes => datagrams.Sum(d => d.Payload.Length);

    private protected override RecordedHalf HalfOf(Direction direction) => direction == Direction.Forward ? forward : reverse;

    private sealed class RecordedUdpHalf(UdpHalf half) : RecordedHalf(half);
}
