using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What speaks against a RST being its sender's own: something on the path may have sent it in that name.</summary>
/// <param name="TimeToLive">TTL or hop limit of the RST.</param>
/// <param name="UsualTimeToLive">That of the sender's first packet.</param>
/// <param name="After">How long after what it answers it came; null where that is not known.</param>
/// <param name="RoundTrip">How long the way to the sender and back takes; null where that is not known.</param>
internal sealed record ForeignReset(byte TimeToLive, byte UsualTimeToLive, Duration? After, Duration? RoundTrip)
{
    /// <summary>True where it came another number of hops than the sender's other packets.</summary>
    public bool HasForeignTimeToLive => UsualTimeToLive > 0 && TimeToLive > 0 && TimeToLive != UsualTimeToLive;

    /// <summary>True where it came sooner than its sender can answer.</summary>
    public bool IsTooFast => After is { Nanoseconds: >= 0 } after && RoundTrip is { Milliseconds: > MinRoundTrip } trip && after.Nanoseconds < trip.Nanoseconds / 2;

    /// <summary>The RST of the side that accepted a connection; null where there is none or where nothing speaks against it.</summary>
    public static ForeignReset? Of(RecordedTcpFlow flow)
    {
        foreach (var what in flow.Events)
        {
            if (what is not { Kind: TcpEventKind.Rst, From: Direction.Reverse }) continue;
            var asked = flow.Forward.FirstPayload;
            var after = asked.IsSet && !flow.Reverse.FirstPayload.IsSet ? what.Mark.Time - asked.Time : (Duration?)null;
            var reset = new ForeignReset(what.TimeToLive, flow.Reverse.TimeToLive, after, RoundTripOf(flow));
            return reset.HasForeignTimeToLive || reset.IsTooFast ? reset : null;
        }

        return null;
    }

    /// <summary>From the SYN to its answer; which of several SYNs was answered is unknown (RFC 6298 section 3).</summary>
    private static Duration? RoundTripOf(RecordedTcpFlow flow) =>
        flow is { Syn.IsSet: true, SynAck.IsSet: true } && !HasRepeatedSyn(flow) ? flow.SynAck.Time - flow.Syn.Time : null;

    private static bool HasRepeatedSyn(RecordedTcpFlow flow)
    {
        foreach (ref readonly var what in flow.Events)
        {
            if (what.Kind == TcpEventKind.SynRetransmission) return true;
        }

        return false;
    }

    /// <summary>Milliseconds below which the capture point is too near the sender to decide.</summary>
    private const double MinRoundTrip = 5;
}
