using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>One connection from the resolution of a name to the end of the handshake, as far as the capture shows it.</summary>
internal sealed class Connection
{
    private IReadOnlyList<Step>? steps;
    private IReadOnlyList<Unparsed>? unparsed;
    private IReadOnlyList<Wait>? waits;
    private FlowOutline? outline;
    private readonly FrameMark? flowStart;

    /// <summary>Its number in the capture, from 1, in the order in which connections began; 0 until its turn comes.</summary>
    public int Id { get; set; }

    /// <summary>The capture in which it began, as the user named it.</summary>
    public required string Capture { get; init; }

    /// <summary>What carries it: "tcp", "dtls", "quic"; "dns" for a resolution that never became a connection.</summary>
    public required string Transport { get; init; }

    /// <summary>The end that opened it.</summary>
    public required Party Client { get; init; }

    /// <summary>The end that answered, or should have.</summary>
    public required Party Server { get; init; }

    /// <summary>The proxy that the client connected to, with the name that it was looked up by; null where it connected to the server itself. The server then has the proxy's endpoint.</summary>
    public Party? Proxy { get; init; }

    /// <summary>The server that a proxy was asked to reach; null where the client connected to the server itself, or the proxy was not asked in the clear.</summary>
    public ServerBehind? Behind => Proxy is null ? null : Facts.Select(f => f.Behind).OfType<ServerBehind>().FirstOrDefault();

    /// <summary>True where the proxy was asked for the tunnel inside TLS: the handshake before it was made with the proxy.</summary>
    internal bool IsProxyWithinTls => Proxy is not null && Facts.Any(static f => f is { Behind: not null, Span.Phase: var phase } && phase == Phase.Tunnel);

    /// <summary>The first frame of the connection, its DNS queries included.</summary>
    public required FrameMark First { get; init; }

    /// <summary>The last frame.</summary>
    public required FrameMark Last { get; init; }

    /// <summary>The DNS queries that led to the server's address.</summary>
    public required IReadOnlyList<DnsQuery> Queries { get; init; }

    /// <summary>The transport below, and which way the client sends; null for a failed resolution.</summary>
    public required FlowSummary? Flow { get; init; }

    /// <summary>The same as far as a drawing needs it; null for a failed resolution.</summary>
    public FlowOutline? Outline
    {
        get => outline ??= Flow is null ? null : FlowOutline.Of(Flow);
        init => outline = value;
    }

    /// <summary>What each protocol learned, outermost first.</summary>
    public required IReadOnlyList<ProtocolFacts> Facts { get; init; }

    /// <summary>Everything that happened, in order: put together when first asked for, since most connections are only listed.</summary>
    public IReadOnlyList<Step> Steps
    {
        get => steps ??= Ordered();
        init => steps = value;
    }

    /// <summary>Other addresses of the same name that were tried first.</summary>
    public required IReadOnlyList<Attempt> Attempts { get; init; }

    /// <summary>What it has in common with another connection to the same name, over QUIC where this one is over TCP and the reverse; null where there is none.</summary>
    public Visit? Visit { get; internal set; }

    /// <summary>The other lane of the visit where that began first: it is drawn with this one. Null for the others.</summary>
    public Attempt? Lane { get; internal set; }

    /// <summary>Everything that is drawn beside the connection: what was tried first, and the other lane.</summary>
    public IReadOnlyList<Attempt> Beside => Lane is null ? Attempts : [.. Attempts, Lane];

    /// <summary>How long its parts took.</summary>
    public required Timing Timing { get; init; }

    /// <summary>What else its time went into: together with the completed phases the total. Computed on first use.</summary>
    public IReadOnlyList<Wait> Waits
    {
        get => waits ??= WaitRule.Of(this);
        init => waits = value;
    }

    /// <summary>How it turned out.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Unparsed> Unparsed
    {
        get => unparsed ??= CollectUnparsed();
        init => unparsed = value;
    }

    private IReadOnlyList<Unparsed> CollectUnparsed()
    {
        List<Unparsed>? all = null;
        for (var i = 0; i < Queries.Count; i++) Add(ref all, Queries[i].Unparsed);
        for (var i = 0; i < Facts.Count; i++) Add(ref all, Facts[i].Unparsed);
        foreach (var evicted in Evicted()) (all ??= []).Add(evicted);
        return all is null ? [] : all;
    }

    private static void Add(ref List<Unparsed>? all, IReadOnlyList<Unparsed> more)
    {
        if (more.Count > 0) (all ??= []).AddRange(more);
    }

    /// <summary>The first frame of its transport, which identifies an attempt; null for a failed resolution.</summary>
    internal FrameMark? FlowStart { get => flowStart ?? Flow?.Flow.First; init => flowStart = value; }

    /// <summary>True where steps and facts were dropped: see <see cref="Brief"/>.</summary>
    internal bool IsBrief { get; private init; }

    /// <summary>The same for a list of many: how far it got, how long it took and its outcome, without steps and facts.</summary>
    internal Connection Brief() => new()
    {
        Id = Id,
        Capture = Capture,
        Transport = Transport,
        Client = Client,
        Server = Server,
        First = First,
        Last = Last,
        Queries = [],
        Flow = null,
        Facts = Handshake is { } span ? [new BriefFacts(span)] : [],
        Attempts = Attempts,
        Lane = Lane,
        Visit = Visit,
        Timing = Timing,
        Outcome = Outcome,
        FlowStart = FlowStart,
        IsBrief = true,
        Unparsed = [],
    };

    /// <summary>The same, with the same steps, where the other lane is drawn elsewhere in the picture.</summary>
    internal Connection WithoutLane()
    {
        steps ??= Ordered();
        var copy = (Connection)MemberwiseClone();
        copy.Lane = null;
        return copy;
    }

    /// <summary>Makes the steps of DNS queries; null where there are none.</summary>
    internal IResolutionProtocol? ResolutionProtocol { get; init; }

    /// <summary>
    /// The last handshake that was begun, the transport's where no other was: what the connection is named after. One inside a tunnel counts where it was completed, since the outcome is
    /// that of the handshake around it. Null where there was none.
    /// </summary>
    public PhaseSpan? Handshake
    {
        get
        {
            for (var i = Facts.Count - 1; i >= 0; i--)
            {
                if (Facts[i].Span is { Phase.Role: PhaseRole.Handshake or PhaseRole.Transport } span && (span.Phase != Phase.InnerTls || span.Done.IsSet)) return span;
            }

            return null;
        }
    }

    /// <summary>The handshake above the transport, the outermost where there are several; null where there was none.</summary>
    internal PhaseSpan? SessionHandshake => SessionHandshakeOf(Facts);

    internal static PhaseSpan? SessionHandshakeOf(IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Span is { Phase.Role: PhaseRole.Handshake } span) return span;
        }

        return null;
    }

    /// <summary>What one protocol learned; null where it was not met.</summary>
    public T? FactsOf<T>()
        where T : ProtocolFacts
    {
        for (var i = 0; i < Facts.Count; i++)
        {
            if (Facts[i] is T found) return found;
        }

        return null;
    }

    private IEnumerable<Unparsed> Evicted() => Flow is { Flow.State: RecordedState.Evicted }
        ? [new Unparsed(UnparsedReason.Cap, "the connection was followed no further, because too much was open at once", [Last.Frame])]
        : [];

    private IReadOnlyList<Step> Ordered()
    {
        var ordered = StepOrder.Merge(ResolutionProtocol?.Steps(Queries) ?? [], Facts);
        for (var i = 0; i < Facts.Count; i++) Facts[i].MarkUndelivered(ordered);
        return ordered;
    }

    /// <summary>Which side a step came from.</summary>
    public Side SideOf(Step step)
    {
        if (step.Helper is null && Outline is { } flow) return flow.SideOf(step.From);
        return step.From == Direction.Forward ? Side.Client : Side.Server;
    }

    /// <summary>How far the handshake got, of whatever protocol.</summary>
    private sealed class BriefFacts(PhaseSpan span) : ProtocolFacts
    {
        public override string JsonKey => "brief";

        public override IReadOnlyList<Step> Steps => [];

        public override PhaseSpan Span => span;

        public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
        {
        }
    }
}
