using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>When each side ended a TLS connection: by an alert that closes it (RFC 8446 section 6), or by a FIN or RST (<see cref="ConnectionEnd"/>).</summary>
internal static class TlsEnd
{
    /// <summary>The first end that a side made and that can be read; not set where it made none.</summary>
    public static FrameMark Of(TlsFacts facts, FlowSummary flow, Direction side) => First(facts.Session.Alerts, flow, side, alert => alert is { } said && Closes(said));

    /// <summary>
    /// The same for an established connection, where an alert that cannot be read, or is only inferred, counts too: behind the handshake it
    /// is a close_notify in all likelihood.
    /// </summary>
    public static FrameMark OfEstablished(TlsFacts facts, FlowSummary flow, Direction side) => First(facts.Alerts, flow, side, alert => alert is not { } said || Closes(said));

    /// <summary>True for an alert behind which its sender sends nothing more.</summary>
    private static bool Closes(Alert alert) => alert.Level == AlertLevel.Fatal || alert.Description == AlertDescription.CloseNotify;

    private static FrameMark First(IEnumerable<TlsAlertStep> alerts, FlowSummary flow, Direction side, Func<Alert?, bool> counts)
    {
        var first = ConnectionEnd.Of(flow.Tcp, side)?.Mark ?? default;
        foreach (var step in alerts)
        {
            if (step.From == side && counts(step.Alert) && (!first.IsSet || first.IsAfter(step.Last))) first = step.Last;
        }

        return first;
    }
}
