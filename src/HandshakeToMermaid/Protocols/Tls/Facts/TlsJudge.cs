using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>
/// Says how a TLS connection turned out. A failure is claimed only where the capture shows the end: an alert, a FIN or a
/// RST. A capture that merely stops inside a handshake, or lacks one direction, proves nothing.
/// </summary>
internal static class TlsJudge
{
    /// <summary>The frame that completed the handshake, and how sure that is; the mark is not set where it never was complete.</summary>
    public static (FrameMark Mark, Confidence Confidence) DoneOf(TlsFacts facts)
    {
        var session = facts.Session;
        if (session.Client is not { } client) return default;
        FrameMark forward = default, reverse = default;
        for (var i = 0; i < facts.Steps.Count; i++)
        {
            var step = facts.Steps[i];
            if (step is not (TlsMessageStep { Message.Type.Code: 20 } or EncryptedFlightStep { IsFinished: true })) continue;
            ref var finished = ref step.From == Direction.Forward ? ref forward : ref reverse;
            if (!finished.IsSet) finished = step.Last;
        }

        if (forward.IsSet && reverse.IsSet) return (forward.IsAfter(reverse) ? forward : reverse, Confidence.Certain);
        if (facts.Flights is { ServerFlight: not null, ClientFlight: { } flight } flights)
        {
            return (flight.Last, flights.HasServerData ? Confidence.Certain : Confidence.Likely);
        }

        // SSL 2.0, or a Finished that the capture lacks: data in both directions shows that both sides accepted the handshake.
        var data = facts.Half(client)?.FirstData ?? default;
        var answer = facts.Half(client.Opposite())?.FirstData ?? default;
        if (session.IsTls13 || !data.IsSet) return default;
        if (answer.IsSet) return (data.IsAfter(answer) ? data : answer, Confidence.Likely);

        // A client that sends data behind its Finished has the server's.
        var own = client == Direction.Forward ? forward : reverse;
        return own.IsSet && data.IsAfter(own) && facts.Half(client.Opposite()) is { HasCaptureGap: true } ? (data, Confidence.Likely) : default;
    }

    public static Outcome? Judge(TlsFacts facts, FlowSummary flow)
    {
        var (done, confidence) = DoneOf(facts);
        var client = flow.Client;
        var server = client.Opposite();
        if (done.IsSet)
        {
            return RejectedLate(facts, flow) ?? new Outcome(OutcomeClass.Established, confidence, OutcomeActor.None, done.Frame);
        }

        // Joined midway, the bytes may be the middle of a record.
        if (IsForeign(facts, client, server)) return new Outcome(flow.IsJoinedMidway ? OutcomeClass.Incomplete : OutcomeClass.NotTls, Confidence.Certain, OutcomeActor.None, 0);
        if (FatalAlert(facts, flow) is { } alert) return new Outcome(OutcomeClass.Alert, Confidence.Certain, flow.ActorOf(alert.From), alert.Last.Frame);
        if (flow.Flow[client].Packets == 0 || flow.Flow[server].Packets == 0)
        {
            // Over UDP nothing but the client's going on shows that it was answered.
            var isUnanswered = flow.Tcp is null && flow.Flow[client].Packets > 0 && facts.Messages.Count > 0 && facts.Messages.All(m => m.Message is ClientHello);
            return isUnanswered ? Unfinished(facts, flow, client, server) : new Outcome(OutcomeClass.OneSided, Confidence.Certain, OutcomeActor.None, 0);
        }

        var hello = facts.Messages.FirstOrDefault(m => m.Message is ClientHello);
        if (hello is null)
        {
            // Where data was read, the handshake before it was missed, not garbled.
            var isCut = flow.Flow[client].CutBytes > 0 || flow.Flow[server].CutBytes > 0;
            var isMissed = flow.IsJoinedMidway || (!isCut && (facts.Half(client) is { DataRecords: > 0 } || facts.Half(server) is { DataRecords: > 0 }));
            var isBroken = !isMissed && facts.Messages.Count == 0 && (facts.Session.Unparsed.Count > 0 || IsUnreadable(facts));
            return new Outcome(isBroken ? OutcomeClass.Unreadable : OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
        }

        if (Lacks(facts, flow, client) || Lacks(facts, flow, server) || HasGoneOnUnanswered(facts, client))
        {
            return new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
        }

        if (facts.Flights?.ClientAlert is { } refusal && !IsBehindEnd(refusal, facts, flow)) return new Outcome(OutcomeClass.ClientRejected, Confidence.Likely, OutcomeActor.Client, refusal.Last.Frame);
        if (EncryptedAlert(facts, flow) is { } hidden) return new Outcome(OutcomeClass.Alert, Confidence.Likely, flow.ActorOf(hidden.From), hidden.Last.Frame);
        return Ending(facts, flow, client, server);
    }

    /// <summary>True where the capture lacks something of a direction. What was lost on the path is not there to be captured.</summary>
    private static bool Lacks(TlsFacts facts, FlowSummary flow, Direction from)
    {
        var half = facts.Half(from);
        if (flow.Tcp is null) return half is { HasGap: true };
        return half is { HasCaptureGap: true } || (flow.LacksAnyOf(from) && flow.Tcp[from].Loss is null);
    }

    /// <summary>
    /// True where nothing of the server was read and its answer still shows: without early data a client changes its cipher, or sends another message,
    /// only behind a ServerHello (RFC 8446 appendix D.4, RFC 5246 section 7.3). An encrypted alert of the server is no part of its flight.
    /// </summary>
    private static bool HasGoneOnUnanswered(TlsFacts facts, Direction client)
    {
        if (facts.Half(client) is not { } half || facts.EarlyData != EarlyDataState.None || facts.Steps.Any(s => s.From != client && (s is TlsMessageStep or TlsAlertStep { Alert: not null }))) return false;
        return half.HasChangedCipher || facts.Messages.Any(m => m.From == client && m.Message is not ClientHello);
    }

    private static bool IsUnreadable(TlsFacts facts) => facts.Half(Direction.Forward) is { HasCaptureGap: true } || facts.Half(Direction.Reverse) is { HasCaptureGap: true };

    /// <summary>The connection ended inside the handshake: who ended it, and on what.</summary>
    private static Outcome Ending(TlsFacts facts, FlowSummary flow, Direction client, Direction server)
    {
        if (flow.End is not { } end) return Unfinished(facts, flow, client, server);
        if (end.By == client)
        {
            // What the server sent behind the client's end did not make it leave.
            if (!facts.Messages.Any(m => m.From == server && end.Mark.IsAfter(m.Last)))
            {
                if (facts.Messages.Any(m => m.From == server)) return end.Judge(flow);
                // It may have answered after the client had left, and the capture lack that: only its FIN shows that it never did.
                var neverSent = flow.Tcp?[server] is { Fin.IsSet: true, FirstPayload.IsSet: false };
                return new Outcome(OutcomeClass.NoServerHello, neverSent ? Confidence.Certain : Confidence.Likely, OutcomeActor.Client, end.Mark.Frame);
            }

            var isFlightWhole = IsBeforeEnd(facts.Session.Find(HandshakeType.ServerHelloDone, server)) || IsBeforeEnd(facts.Flights?.ServerFlight)
                || IsBeforeEnd(facts.Session.Find(HandshakeType.Finished, server)) || (facts.Half(server) is { HasChangedCipher: true, Finished: { } finished } && IsBeforeEnd(finished));
            var hasAnswer = (facts.Half(client) is { HasChangedCipher: true } && !facts.Session.IsTls13)
                || facts.Session.Find(HandshakeType.Finished, client) is not null;
            if (isFlightWhole && !hasAnswer && flow.Tcp?[server].Loss is null) return new Outcome(OutcomeClass.ClientRejected, Confidence.Likely, OutcomeActor.Client, end.Mark.Frame);
        }

        return end.Judge(flow);

        bool IsBeforeEnd(Step? step) => step is not null && end.Mark.IsAfter(step.Last);
    }

    /// <summary>
    /// One side spoke TLS and the other something else from its first byte on: a ClientHello answered in plain text, or
    /// plain text answered by a TLS alert. There was no handshake that could have failed.
    /// </summary>
    private static bool IsForeign(TlsFacts facts, Direction client, Direction server)
    {
        // After a gap, the bytes of either side may be the middle of a record or of a protocol before TLS.
        if (facts.Half(client) is { HasGap: true } || facts.Half(server) is { HasGap: true }) return false;
        if (facts.Half(server) is { RecordCount: 0, Foreign.Length: > 0 }) return facts.Messages.Any(m => m.From == client);
        return facts.Messages.Count == 0 && facts.Half(client) is { RecordCount: 0, Foreign.Length: > 0 } && facts.Alerts.Any(a => a.From == server);
    }

    /// <summary>
    /// Neither side ended it. The capture may just stop there; it is reported as a failure only where the server stayed silent for
    /// longer than any server thinks, or where the client's repetitions show that the ClientHello did not arrive.
    /// </summary>
    private static Outcome Unfinished(TlsFacts facts, FlowSummary flow, Direction client, Direction server)
    {
        if (facts.Messages is [.., { } asked] && !facts.Messages.Any(m => m.From == server) && !flow.Flow[server].FirstPayload.IsSet && flow.Tcp is not { SynAck.IsSet: false })
        {
            var isAcknowledged = flow.Tcp?[client] is { IsAcknowledged: true };
            var isLost = !isAcknowledged && flow.RetransmissionsOf(client) >= LostAfter;
            if (isLost) return new Outcome(OutcomeClass.NoServerHello, Confidence.Likely, OutcomeActor.Network, flow.Flow.Last.Frame);
            if (flow.Flow.SeenUntil - asked.Last.Time >= Silence) return new Outcome(OutcomeClass.NoServerHello, Confidence.Likely, OutcomeActor.None, asked.Last.Frame);
        }

        return new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
    }

    /// <summary>
    /// TLS 1.3: the server answers the client's last flight with an alert and then closes, without ever sending a ticket or data. A
    /// encrypted alert is recognised by its length, which a close_notify has too, so it is only likely; where the client's flight was a lone
    /// Finished and no data, it may as well be a probe of the port and is not called so.
    /// </summary>
    private static Outcome? RejectedLate(TlsFacts facts, FlowSummary flow)
    {
        var server = flow.Client.Opposite();
        if (IsOpenedBehindFinished(facts, server)) return OpenedRejection(facts, flow);
        // What is missing may have been a ticket or data.
        if (Lacks(facts, flow, server) || Lacks(facts, flow, flow.Client)) return null;
        if (facts.Flights is not { LateAlert: { } alert, HasServerData: false } flights) return null;
        // The client closes too when it has read the alert; where it closed first, the server's was only the answer.
        if (flow.End is not { } end || (end.By == flow.Client && alert.Last.IsAfter(end.Mark))) return null;
        if (facts.Steps.Any(s => s is TlsAlertStep && s.From == flow.Client && alert.Last.IsAfter(s.Last))) return null;
        if (flights.IsLoneFinished && !facts.HasData(flow.Client)) return null;
        // What the client sent is known from its ClientHello on; without it the alert may mean either.
        if (facts.Session.ClientHello is null) return new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
        return new Outcome(OutcomeClass.RejectedLate, Confidence.Likely, OutcomeActor.Server, alert.Last.Frame);
    }

    /// <summary>True if records after a direction's Finished were decrypted: handshake keys alone do not decrypt them.</summary>
    private static bool IsOpenedBehindFinished(TlsFacts facts, Direction from)
    {
        if (!facts.IsOpened(from)) return false;
        return facts.Session.Find(HandshakeType.Finished, from) is not { } finished
            || facts.HasOpenedData(from) || facts.Steps.Any(s => s.From == from && s.Provenance == Provenance.Decrypted && s != finished && s.Last.IsAfter(finished.Last));
    }

    private static Outcome? OpenedRejection(TlsFacts facts, FlowSummary flow)
    {
        var server = flow.Client.Opposite();
        if (!facts.Session.IsTls13 || facts.HasData(server)) return null;
        var late = facts.Alerts.FirstOrDefault(a => a.IsFatal && a.Provenance == Provenance.Decrypted && a.From == server);
        // A server that cannot read a message complains of the way the client closed, not of its certificate.
        if (late?.Alert is not { Description: var said } || said == AlertDescription.DecodeError || IsBehindEnd(late, facts, flow)) return null;
        var finished = facts.Session.Find(HandshakeType.Finished, flow.Client);
        var hasTicket = facts.Messages.Any(m => m.From == server && m.Message is NewSessionTicket && late.Last.IsAfter(m.Last) && (finished is null || m.Last.IsAfter(finished.Last)));
        return hasTicket ? null : new Outcome(OutcomeClass.RejectedLate, Confidence.Certain, OutcomeActor.Server, late.Last.Frame);
    }

    /// <summary>
    /// True for an alert behind the peer's FIN, RST or closing alert: it answers the end and did not bring it about. One that
    /// crossed the peer's on the way stands behind it as well, where the capture was taken at the peer.
    /// </summary>
    internal static bool IsBehindEnd(TlsAlertStep alert, TlsFacts facts, FlowSummary flow)
    {
        var end = TlsEnd.Of(facts, flow, alert.From.Opposite());
        return (end.IsSet && alert.Last.IsAfter(end)) || IsOverUncaptured(alert, facts, flow);
    }

    /// <summary>
    /// True for a client's alert that may answer what was not captured of the server: a decode_error where nothing of it was captured, which some
    /// libraries send when the server closes without an answer, and any alert behind the client's Finished, with which it had accepted the rest.
    /// </summary>
    private static bool IsOverUncaptured(TlsAlertStep alert, TlsFacts facts, FlowSummary flow)
    {
        var server = alert.From.Opposite();
        if (alert.From != flow.Client || flow.Tcp is not { } tcp || (tcp.SynAck.IsSet && !flow.LacksAnyOf(server))) return false;
        if (facts.Session.Find(HandshakeType.Finished, alert.From) is { } finished && alert.Last.IsAfter(finished.Last)) return flow.LacksAnyOf(server);
        return alert.Alert?.Description == AlertDescription.DecodeError && !facts.Messages.Any(m => m.From == server);
    }

    /// <summary>
    /// True for an alert that ends a handshake: fatal, or of a kind that TLS 1.3 makes fatal whatever its level (RFC 8446 section 6.2).
    /// A user_canceled that is a warning is followed by close_notify and ends nothing by itself (section 6.1).
    /// </summary>
    internal static bool IsFatal(Alert alert, bool isTls13)
    {
        if (alert.Description == AlertDescription.CloseNotify) return false;
        return alert.Level == AlertLevel.Fatal || (isTls13 && alert.Description != AlertDescription.UserCanceled);
    }

    /// <summary>The first readable alert that ends the handshake.</summary>
    private static TlsAlertStep? FatalAlert(TlsFacts facts, FlowSummary flow)
    {
        foreach (var step in facts.Alerts)
        {
            if (step.Alert is { } alert && IsFatal(alert, facts.Session.IsTls13) && !IsBehindEnd(step, facts, flow)) return step;
        }

        return null;
    }

    /// <summary>An encrypted alert before either side closes: in place of a flight of TLS 1.3, or after a ChangeCipherSpec.</summary>
    private static TlsAlertStep? EncryptedAlert(TlsFacts facts, FlowSummary flow)
    {
        // Up to DTLS 1.2 a closing alert looks the same, and a lost datagram leaves no trace.
        if (flow.Tcp is null && !facts.Session.IsTls13) return null;
        var alert = facts.Session.IsTls13 ? facts.Flights?.ServerAlert : facts.Alerts.FirstOrDefault(a => a.Alert is null);
        return alert is null || facts.IsOpened(alert.From) || IsBehindEnd(alert, facts, flow) ? null : alert;
    }

    /// <summary>Repetitions of the ClientHello after which it is called lost: systems send their third after more than a second.</summary>
    private const int LostAfter = 3;

    /// <summary>A server that has not answered a ClientHello for so long, while the capture went on, will not: clients give up about then.</summary>
    private static readonly Duration Silence = Duration.FromSeconds(10);
}
