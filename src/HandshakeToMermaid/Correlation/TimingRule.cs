using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Correlation;

/// <summary>Measures the parts of a connection; see <see cref="Timing"/> for what each means.</summary>
internal static class TimingRule
{
    /// <summary>Times a connection.</summary>
    public static Timing Measure(FlowSummary summary, IReadOnlyList<DnsQuery> queries, IReadOnlyList<ProtocolFacts> facts, Outcome outcome)
    {
        var flow = summary.Flow;
        var decryption = summary.Tcp;
        var span = Connection.SessionHandshakeOf(facts);
        var start = Earliest(queries, flow.First.Time);
        var end = EndOf(summary, facts, span, outcome);
        var dns = Behind(null, Dns(queries, flow.First), end);
        var tcp = Behind(dns, decryption is null ? null : Between(decryption.Syn, decryption.Ack), end);
        var handshake = Behind(tcp ?? dns, span is null ? null : Between(span.Start, span.Done), end);
        var (there, back) = decryption is null ? default : RoundTrip(decryption);
        var (serverAnswer, clientAnswer) = Answers(summary, Spoken(summary, facts));
        return new Timing(
            dns?.Length, tcp?.Length, span?.Phase == Phase.Tls ? handshake?.Length : null, end?.Since(start), there + back,
            Thought(serverAnswer, there),
            Thought(clientAnswer, back))
        {
            Start = start,
            End = end,
            DnsTime = dns,
            TcpTime = tcp,
            HandshakeTime = handshake,
            HandshakePhase = span?.Phase,
        };
    }

    /// <summary>Times a resolution that never became a connection.</summary>
    public static Timing Measure(IReadOnlyList<DnsQuery> queries)
    {
        var dns = Dns(queries, default);
        var start = Earliest(queries, new Timestamp(long.MaxValue));
        var end = start;
        foreach (var query in queries)
        {
            if (query.Answer.IsSet && query.Answer.Time > end) end = query.Answer.Time;
            foreach (var question in query.Questions)
            {
                if (question.Time > end) end = question.Time;
            }
        }

        Duration? total = end > start ? end - start : null;
        return new(dns?.Length, null, null, total, null, null, null) { Start = start, End = total is null ? null : end, DnsTime = dns };
    }

    /// <summary>What a phase took where another one was still going on when it began (TCP Fast Open, frames out of order): time is counted once.</summary>
    private static TimeSpanned? Behind(TimeSpanned? before, TimeSpanned? phase, Timestamp? until)
    {
        if (phase is not { } own) return null;
        var start = before is { } other && other.End > own.Start ? other.End : own.Start;
        var end = until is { } last && last < own.End ? last : own.End;
        return new TimeSpanned(start, end > start ? end : start);
    }

    private static Timestamp Earliest(IReadOnlyList<DnsQuery> queries, Timestamp first)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].Questions is [var question, ..] && question.Time < first) first = question.Time;
        }

        return first;
    }

    /// <summary>When it was established or failed. Where nothing came, the wait lasts until the flow was recorded.</summary>
    private static Timestamp? EndOf(FlowSummary summary, IReadOnlyList<ProtocolFacts> facts, PhaseSpan? span, Outcome outcome)
    {
        if (!outcome.IsFailure) return span is { Done.IsSet: true } ? span.Done.Time : null;
        if (outcome.Class.IsUnanswered) return summary.End?.Mark.Time ?? summary.Flow.SeenUntil;
        var failed = Find(outcome.Frame, summary, facts);
        if (failed > summary.Flow.First.Time) return failed;

        // The first frame decided it: nothing came after it.
        return summary.Flow.SeenUntil > summary.Flow.First.Time ? summary.Flow.SeenUntil : summary.Flow.First.Time;
    }

    /// <summary>When a frame's step was complete.</summary>
    private static Timestamp Find(long frame, FlowSummary summary, IReadOnlyList<ProtocolFacts> facts)
    {
        var events = summary.Tcp is { } tcp ? tcp.Events : default;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Mark.Frame == frame) return events[i].Mark.Time;
        }

        for (var i = facts.Count - 1; i >= (summary.Tcp is null ? 0 : 1); i--)
        {
            var steps = facts[i].Steps;
            for (var j = 0; j < steps.Count; j++)
            {
                if (steps[j].Last.Frame == frame) return steps[j].Last.Time;
            }
        }

        return frame == summary.Flow.Last.Frame ? summary.Flow.Last.Time : summary.Flow.First.Time;
    }

    /// <summary>The way to the server and back, and the way to the client and back, from where the capture stands.</summary>
    private static (Duration? There, Duration? Back) RoundTrip(RecordedTcpFlow flow)
    {
        FrameMark syn = flow.Syn, synAck = flow.SynAck;
        var events = flow.Events;
        for (var i = 0; i < events.Length; i++)
        {
            var what = events[i];
            if (what.Kind == TcpEventKind.SynRetransmission && flow.SynAck.IsAfter(what.Mark) && what.Mark.IsAfter(syn)) syn = what.Mark;
            if (what.Kind == TcpEventKind.SynAckRetransmission && flow.Ack.IsAfter(what.Mark) && what.Mark.IsAfter(synAck)) synAck = what.Mark;
        }

        return (Between(syn, flow.SynAck)?.Length, Between(synAck, flow.Ack)?.Length);
    }

    /// <summary>The steps above the transport, whose own facts come first. The steps of one protocol are in order already.</summary>
    private static IReadOnlyList<Step> Spoken(FlowSummary summary, IReadOnlyList<ProtocolFacts> facts) => facts.Count switch
    {
        1 => facts[0].Steps,
        2 => facts[1].Steps,
        _ => StepOrder.Merge([], summary.Tcp is null ? facts : [.. facts.Skip(1)]),
    };

    private static TimeSpanned? Dns(IReadOnlyList<DnsQuery> queries, FrameMark before)
    {
        FrameMark first = default, last = default;
        for (var i = 0; i < queries.Count; i++)
        {
            var query = queries[i];
            if (query.Questions is not [var question, ..]) continue;
            if (!first.IsSet || question.Time < first.Time) first = question;
            var inTime = query.Answer.IsSet && (!before.IsSet || query.Answer.Time <= before.Time);
            if (inTime && (!last.IsSet || query.Answer.Time > last.Time)) last = query.Answer;
        }
        return Between(first, last);
    }

    /// <summary>How long the first flight of each side waited for the other's.</summary>
    private static (Duration? Server, Duration? Client) Answers(FlowSummary flow, IReadOnlyList<Step> steps)
    {
        Step? asked = null, answered = null, answerEnd = null;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Phase.Role is not (PhaseRole.Handshake or PhaseRole.Data) || step.Helper is not null || step.IsRecovery) continue;
            var side = flow.SideOf(step.From);
            if (side == Side.Client && answered is null) asked = step;
            else if (side == Side.Server && asked is not null) (answered, answerEnd) = (answered ?? step, step);
            else if (answered is not null && asked is not null)
                return (answered.First.Time.Since(asked.Last.Time), step.First.Time.Since(answerEnd!.Last.Time));
        }
        return asked is not null && answered is not null ? (answered.First.Time.Since(asked.Last.Time), null) : (null, null);
    }

    private static Duration? Thought(Duration? answer, Duration? network)
        => answer is { } a && network is { } n ? new Duration(Math.Max(0, (a - n).Nanoseconds)) : null;

    private static TimeSpanned? Between(FrameMark first, FrameMark last)
        => first.IsSet && last.IsSet ? new TimeSpanned(first.Time, last.Time > first.Time ? last.Time : first.Time) : null;
}
