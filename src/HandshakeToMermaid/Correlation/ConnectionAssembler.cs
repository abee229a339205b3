using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Correlation;

/// <summary>Joins the DNS queries, the transport and the protocols of one connection.</summary>
internal sealed class ConnectionAssembler(DnsCorrelator correlator, AttemptTracker attempts, IResolutionProtocol resolutionProtocol)
{
    /// <summary>Names of addresses that the user gives: they hold whatever else is known.</summary>
    public Func<IpAddress, string?> GivenName { get; set; } = static _ => null;

    /// <summary>Names of addresses that the capture file gives; asked last.</summary>
    public Func<IpAddress, string?> RecordedName { get; set; } = static _ => null;

    /// <summary>A flow that is over, with what its protocols learned (the transport's own facts first).</summary>
    public Connection Build(Flow flow, RecordedFlow recorded, IReadOnlyList<ProtocolFacts> facts) =>
        Build(recorded, facts, Correlate(flow, ClientOf(recorded, facts), NameOfPeer(facts)));

    /// <summary>The same of a flow that goes on, as far as it got.</summary>
    public Connection BuildSoFar(Flow flow, RecordedFlow snapshot, IReadOnlyList<ProtocolFacts> facts) =>
        Build(snapshot, facts, Correlate(flow, ClientOf(snapshot, facts), NameOfPeer(facts), isOver: false));

    /// <summary>
    /// Asks the correlators what a flow belongs to, and notes that it is over. Only this depends on the capture before it, so it is called
    /// in the order of the capture.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="client">The direction in which its client sends.</param>
    /// <param name="asked">The server's name as the client asked for it; null where it named none.</param>
    /// <param name="isOver">False where it goes on.</param>
    internal ConnectionContext Correlate(Flow flow, Direction client, string? asked, bool isOver = true)
    {
        var (clientEnd, serverEnd) = client == Direction.Forward ? (flow.Initiator, flow.Responder) : (flow.Responder, flow.Initiator);
        var match = isOver ? correlator.Ended(flow, clientEnd.Address, serverEnd.Address, asked) : correlator.SoFar(flow, clientEnd.Address, serverEnd.Address, asked);
        IReadOnlyList<DnsQuery> queries = match.IsPartOfConnection ? QueriesBefore(match.Group!, flow) : [];
        var name = GivenName(serverEnd.Address) ?? asked ?? match.Name ?? RecordedName(serverEnd.Address);
        var earlier = queries.Count > 0 ? attempts.Before(flow, match.Group!) : [];
        if (isOver) correlator.Closed(flow);
        return new ConnectionContext(client, new Party(clientEnd, NameOf(clientEnd.Address)), new Party(serverEnd, name), queries, earlier);
    }

    /// <summary>A flow that has its place, with what its protocols learned.</summary>
    internal Connection Build(RecordedFlow flow, IReadOnlyList<ProtocolFacts> facts, ConnectionContext context)
    {
        var summary = new FlowSummary(flow, context.ClientDirection) { Retransmitted = RetransmissionsIn(facts) };
        var outcome = WhileEvicted(flow, Judge(summary, facts));
        var queries = context.Queries;
        for (var i = 0; i < facts.Count; i++) facts[i].Resolved(queries);
        return new Connection
        {
            Capture = flow.Capture,
            Transport = summary.Transport,
            Client = context.Client,
            Server = BehindIn(facts) is { } behind ? context.Server with { Name = AskedName(facts, IndexBehind(facts), facts.Count) ?? NameIn(behind) } : context.Server,
            Proxy = BehindIn(facts) is null ? null : context.Server,
            First = queries.Count > 0 && queries[0].First is { IsSet: true } asked && asked.Frame < flow.First.Frame ? asked : flow.First,
            Last = flow.Last,
            Queries = queries,
            Flow = summary,
            Facts = facts,
            ResolutionProtocol = queries.Count > 0 ? resolutionProtocol : null,
            Attempts = context.Attempts,
            Outcome = outcome,
            Timing = TimingRule.Measure(summary, queries, facts, outcome),
        };
    }

    /// <summary>A name that could not be resolved: a connection that ended before it had an address.</summary>
    public Connection? Build(DnsResolution group)
    {
        if (resolutionProtocol.Judge(group.Queries) is not { } outcome) return null;
        var first = group.Queries[0];
        var steps = resolutionProtocol.Steps(group.Queries);
        var mark = first.First;
        return new Connection
        {
            Capture = first.Capture,
            Transport = "dns",
            Client = new Party(first.Client, NameOf(first.Client.Address)),
            Server = new Party(null, group.Name),
            First = mark,
            Last = steps.Count > 0 ? steps[^1].Last : mark,
            Queries = group.Queries,
            Flow = null,
            Facts = [],
            Steps = steps,
            Attempts = [],
            Outcome = outcome,
            Timing = TimingRule.Measure(group.Queries),
        };
    }

    private static (int Forward, int Reverse) RetransmissionsIn(IReadOnlyList<ProtocolFacts> facts)
    {
        var sum = (Forward: 0, Reverse: 0);
        for (var i = 0; i < facts.Count; i++)
        {
            var one = facts[i].Retransmissions;
            sum = (sum.Forward + one.Forward, sum.Reverse + one.Reverse);
        }

        return sum;
    }

    /// <summary>The name that the peer at the other end of the flow was asked for: a proxy is looked up, or named in TLS with it, and not in what passes through it.</summary>
    private static string? NameOfPeer(IReadOnlyList<ProtocolFacts> facts) => AskedName(facts, 0, IndexBehind(facts));

    /// <summary>Where the facts of what passes through a proxy begin; the number of facts where there is none.</summary>
    private static int IndexBehind(IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Behind is not null) return i + 1;
        }

        return facts.Count;
    }

    private static string? NameIn(ServerBehind behind) => behind.Host is { } host && IpAddress.Parse(host) is null ? host : null;

    private static ServerBehind? BehindIn(IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Behind is { } behind) return behind;
        }

        return null;
    }

    private static string? AskedName(IReadOnlyList<ProtocolFacts> facts, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (facts[i].ServerName is { } name) return name;
        }

        return null;
    }

    private static Direction ClientOf(RecordedFlow flow, IReadOnlyList<ProtocolFacts> facts)
    {
        if (flow is RecordedTcpFlow { Syn.IsSet: true } or RecordedTcpFlow { SynAck.IsSet: true }) return Direction.Forward;
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].ClientDirection is { } direction) return direction;
        }

        // Joined midway, roles unknown: servers usually listen on the lower port.
        return flow.Initiator.Port < flow.Responder.Port ? Direction.Reverse : Direction.Forward;
    }

    /// <summary>A connection that was followed no longer may have gone on: what it lacks is no failure, what it was seen to end with is.</summary>
    private static Outcome WhileEvicted(RecordedFlow flow, Outcome outcome) =>
        flow.State != RecordedState.Evicted || !outcome.IsFailure || outcome is { Class.Finality: OutcomeFinality.AtOnce, Confidence: Confidence.Certain }
            ? outcome
            : new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);

    /// <summary>The transport decides first: where it was one-sided or never opened, no protocol above it can know more.</summary>
    private static Outcome Judge(FlowSummary flow, IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Judge(flow) is { } outcome) return outcome;
        }

        var carried = flow.Flow.Forward.FirstPayload.IsSet || flow.Flow.Reverse.FirstPayload.IsSet;
        // Cut to their headers, packets say nothing of what they carried.
        var isCut = flow.Flow.Forward.CutBytes > 0 || flow.Flow.Reverse.CutBytes > 0;
        if (carried && !isCut && !flow.IsJoinedMidway) return new Outcome(OutcomeClass.NotTls, Confidence.Certain, OutcomeActor.None, 0);
        return (carried ? null : ClosedUnused(flow)) ?? new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
    }

    /// <summary>Opened and ended without a byte, as health checks do: nothing is missing from such a capture, so it is not called incomplete.</summary>
    private static Outcome? ClosedUnused(FlowSummary summary)
    {
        if (summary.Tcp is not { SynAck.IsSet: true } || summary.LacksAnyOf(Direction.Forward) || summary.LacksAnyOf(Direction.Reverse)) return null;
        return summary.End?.Judge(summary);
    }

    /// <summary>Snapshots of the queries that were sent before the connection began; some may still await an answer.</summary>
    private static IReadOnlyList<DnsQuery> QueriesBefore(DnsResolution group, Flow flow)
    {
        var before = new List<DnsQuery>(group.Queries.Count);
        for (var i = 0; i < group.Queries.Count; i++)
        {
            var query = group.Queries[i];
            if (!WasBefore(query, flow)) continue;
            before.Add(group.HasAddress || query.Answer.IsSet ? FinalOf(query) : query.WithoutAnswer());
        }

        return before;
    }

    private static DnsQuery FinalOf(DnsQuery query) => query.IsFinal ? query : query.Snapshot();

    private static bool WasBefore(DnsQuery query, Flow flow) => query.First.IsSet && query.First.Time <= flow.First.Time;

    private string? NameOf(IpAddress address) => GivenName(address) ?? RecordedName(address);
}
