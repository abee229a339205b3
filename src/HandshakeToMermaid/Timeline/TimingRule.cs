using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Timeline;

/// <summary>Measures the parts of a connection; see <see cref="Timing"/> for what each means.</summary>
public static class TimingRule
{
    /// <summary>Times a connection.</summary>
    public static Timing Measure(FlowSummary summary, IReadOnlyList<NameLookup> lookups, IReadOnlyList<ProtocolFacts> facts)
    {
        var flow = summary.Flow;
        var dns = Dns(lookups, flow.First);
        var opening = summary.Tcp;
        var tcp = opening is null ? null : Between(opening.Syn, opening.Ack);
        var span = TlsSpan(facts);
        var tls = span is null ? null : Between(span.Start, span.Done);
        var start = lookups.Count > 0 && lookups[0].Queries is [var query, ..] ? query : flow.First;
        Duration? total = span is { Done.IsSet: true } ? span.Done.Time - start.Time : null;
        var (serverAnswer, clientAnswer) = Answers(summary, Spoken(facts));
        return new Timing(
            dns, tcp, tls, total, tcp,
            Thought(serverAnswer, opening is null ? null : Between(opening.Syn, opening.SynAck)),
            Thought(clientAnswer, opening is null ? null : Between(opening.SynAck, opening.Ack)));
    }

    /// <summary>Times a look-up that never became a connection.</summary>
    public static Timing Measure(IReadOnlyList<NameLookup> lookups)
        => new(Dns(lookups, default), null, null, null, null, null, null);

    private static PhaseSpan? TlsSpan(IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Span is { Phase: Phase.Tls } span) return span;
        }

        return null;
    }

    /// <summary>What was said above the transport, whose own facts come first. One protocol's steps stand in order as they are.</summary>
    private static IReadOnlyList<Step> Spoken(IReadOnlyList<ProtocolFacts> facts) => facts.Count switch
    {
        1 => facts[0].Steps,
        2 => facts[1].Steps,
        _ => StepOrder.Merge([], facts),
    };

    private static Duration? Dns(IReadOnlyList<NameLookup> lookups, FrameMark before)
    {
        FrameMark first = default, last = default;
        for (var i = 0; i < lookups.Count; i++)
        {
            var lookup = lookups[i];
            if (lookup.Queries is not [var query, ..]) continue;
            if (!first.IsSet || query.Time < first.Time) first = query;
            if (!lookup.Answer.IsSet) continue;
            var inTime = !before.IsSet || lookup.Answer.Time <= before.Time;
            if (inTime && (!last.IsSet || lookup.Answer.Time > last.Time)) last = lookup.Answer;
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
            if (step.Phase is not (Phase.Tls or Phase.Data) || step.Helper is not null || step.IsRecovery) continue;
            var side = flow.SideOf(step.From);
            if (side == Side.Client && answered is null) asked = step;
            else if (side == Side.Server && asked is not null) (answered, answerEnd) = (answered ?? step, step);
            else if (answered is not null && asked is not null)
                return (answered.First.Time - asked.Last.Time, step.First.Time - answerEnd!.Last.Time);
        }
        return asked is not null && answered is not null ? (answered.First.Time - asked.Last.Time, null) : (null, null);
    }

    private static Duration? Thought(Duration? answer, Duration? network)
        => answer is { } a && network is { } n ? new Duration(Math.Max(0, (a - n).Nanoseconds)) : null;

    private static Duration? Between(FrameMark first, FrameMark last)
        => first.IsSet && last.IsSet ? last.Time - first.Time : null;
}
