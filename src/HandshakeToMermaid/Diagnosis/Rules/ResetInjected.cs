using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A reset in the server's name does not look like the server's other packets.</summary>
internal sealed class ResetInjected(Witness witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.ResetByServer || connection.Flow is not { } flow) return null;
        var server = flow.Client.Opposite();
        if (connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Rst && s.From == server) is not { } reset) return null;
        var usual = flow.Flow[server].TimeToLive;
        var isForeign = usual > 0 && reset.Event.TimeToLive > 0 && reset.Event.TimeToLive != usual;
        var hello = witness.Of(connection)?.ClientHello;
        var answered = hello is null ? (Duration?)null : reset.First.Time - hello.Last.Time;
        var way = flow.Tcp is { Syn.IsSet: true, SynAck.IsSet: true } tcp ? tcp.SynAck.Time - tcp.Syn.Time : (Duration?)null;
        var isTooFast = answered is { } after && way is { } trip && trip.Milliseconds > 5 && after.Nanoseconds >= 0 && after.Nanoseconds < trip.Nanoseconds / 2;
        if (!isForeign && !isTooFast) return null;
        var ttl = $"its TTL is {reset.Event.TimeToLive}, the server's is {usual}";
        var speed = answered is { } a && way is { } t ? $"it came after {Wording.Wait(a)}, the way to the server and back takes {Wording.Wait(t)}" : "";
        return new Finding(
            "reset-injected", Severity.Error, Confidence.Likely, "The reset is likely not the server's own",
            isForeign && isTooFast ? $"{ttl}, and it came faster than the server can answer" : isForeign ? ttl : speed,
            "Look for a firewall or filter on the path that objects to the name",
            Aliases, TlsEvidence.FramesOf(hello, reset), "RFC 9293 section 3.5.2") { At = reset };
    }

    private static readonly string[] Aliases =
        ["ECONNRESET", "Connection reset by peer", "ERR_CONNECTION_RESET", "PR_CONNECT_RESET_ERROR", "read: connection reset by peer", "TCP reset injection", "SSL_ERROR_SYSCALL"];
}
