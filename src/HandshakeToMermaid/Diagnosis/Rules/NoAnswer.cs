using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client waited before TLS, for an answer or a greeting, and none came.</summary>
internal sealed class NoAnswer : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Flow is not { Tcp: not null } flow) return null;
        for (var i = 0; i < connection.Facts.Count; i++)
        {
            if (connection.Facts[i].Unanswered(flow) is { } wait) return Unanswered(connection, flow, wait);
        }

        return Silence.BeforeFirstByte(connection) is { } silent ? NeverBegun(connection, flow, silent) : null;
    }

    private static Finding? Unanswered(Connection connection, FlowSummary flow, WaitingFor wait)
    {
        var waited = Silence.Since(flow, wait.Since);
        var isOver = flow.End is not null;
        if (waited < (isOver ? Silence.Patience : Silence.Hopeless) || (flow.End is { } by && by.By != flow.Client)) return null;
        var half = flow.Tcp![flow.Client];
        var isAcknowledged = half.IsAcknowledged;

        // The FIN acknowledges what its sender has received; a RST need not.
        var isProved = flow.End is { IsReset: false };
        return new Finding(
            "no-answer", isOver ? Severity.Error : Severity.Warning, isProved ? Confidence.Certain : Confidence.Likely, "The server did not respond",
            isAcknowledged
                ? $"the client waited {Wording.Wait(waited)} for {wait.What}, the server's TCP acknowledged, its application sent nothing"
                : $"the client waited {Wording.Wait(waited)} for {wait.What}, its data was not acknowledged",
            isAcknowledged ? "Check the server application: is it overloaded, or another service?" : "Look for a firewall that drops the packets",
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(wait.Asked), [flow.End?.Mark.Frame ?? 0]), null) { At = wait.Asked };
    }

    /// <summary>No payload in either direction. A greeting may have been due or not: where the port does not decide it, both are stated.</summary>
    private static Finding NeverBegun(Connection connection, FlowSummary flow, Duration waited)
    {
        var isGreetingDue = ServicePorts.BeginsWithServer(connection.Server.Endpoint!.Value.Port);
        var end = flow.End!.Value.Mark;
        return new Finding(
            "no-answer", Severity.Warning, Confidence.Likely, isGreetingDue ? "The server sent no greeting" : "Neither side sent any data",
            isGreetingDue ? $"the client waited {Wording.Wait(waited)} for the server's greeting and closed"
                : $"the client closed after {Wording.Wait(waited)}: it waited for the server to send first, as MySQL clients do, or did not need the connection",
            "Check why the server accepts connections but does not serve them",
            Aliases, [end.Frame], null) { At = connection.Steps.FirstOrDefault(s => s.Last.Frame == end.Frame && s.Phase == Phase.Close), ExcusesEnd = !isGreetingDue };
    }

    private static readonly string[] Aliases =
    [
        "timeout expired", "connection timed out", "Lost connection to server at 'handshake: reading initial communication packet'", "reading initial communication packet",
        "*** Timeout", "could not receive data from server", "java.net.SocketTimeoutException: Read timed out",
    ];
}
