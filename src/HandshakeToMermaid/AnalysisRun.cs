using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Udp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid;

/// <summary>One way of one capture through all rooms: frame, packet, flow, protocol, connection, findings.</summary>
internal sealed class AnalysisRun : ITcpFlowListener, IUdpFlowListener, ILookupListener, IWatchView, IDisposable
{
    /// <summary>Reads a file: <paramref name="row"/> is asked as connections end, <paramref name="found"/> is told as they began.</summary>
    public AnalysisRun(ICaptureSource source, AnalyzerOptions options, Func<DiagnosedConnection, object?> row, Action<int, object> found)
        : this(source, options, row, found, null)
    {
    }

    public AnalysisRun(ILiveSource source, AnalyzerOptions options, IConnectionWatcher watcher)
        : this(source, options, static _ => null, static (_, _) => { }, watcher) => live = source;

    private AnalysisRun(ICaptureSource source, AnalyzerOptions options, Func<DiagnosedConnection, object?> row, Action<int, object> found, IConnectionWatcher? watcher)
    {
        this.source = source;
        this.row = row;
        this.found = found;
        limits = options.Limits;
        keepsConnections = options.KeepsConnections || watcher is not null;
        packets = new PacketDecoder(limits, LinkTypeCatalog.All);
        flows = new TcpFlowTable(limits, this, tickets);
        datagramFlows = new UdpFlowTable(limits, this, tickets);
        secrets = options.Secrets;
        mayBringSecrets = source.MayBringKeyLogs;
        FeedSecrets();
        protocols = new ProtocolCatalog(limits, secrets, mayBringSecrets, mayWait: watcher is null, this);
        attempts = new AttemptBook(flow => new TcpFacts(flow).Steps);
        book = new LookupBook(limits, static flow => flow is TcpFlow { Reader: StreamProber dialogue } ? dialogue.AskedName : null);
        diagnostician = RuleCatalog.Diagnostician(options);
        settled = new TicketQueue<object>(Report, isAtOnce: watcher is not null);
        if (watcher is not null) watch = new HandshakeWatch(options, watcher, diagnostician, BuildSoFar);
        var threads = Math.Clamp(options.Threads - 1, 0, MostCrew);
        if (watcher is null && !mayBringSecrets && threads > 0) crew = new ConnectionCrew(threads, Worker(diagnostician), () => Worker(RuleCatalog.Diagnostician(options)), Told);
        connections = new ConnectionBuilder(book, attempts, protocols.Lookups)
        {
            GivenName = address => options.Names.GetValueOrDefault(address),
            RecordedName = address => source.Names.TryGetValue(address.ToIPAddress(), out var name) ? name : null,
        };
    }

    /// <summary>How far capture time has gone.</summary>
    public Timestamp Now => now;

    /// <inheritdoc/>
    public WatchCounters Counters
    {
        get
        {
            var counted = live?.Statistics ?? default;
            return new WatchCounters(counted.Seen, counted.DroppedByKernel, counted.DroppedByInterface, flows.OpenFlows + datagramFlows.OpenFlows, watch?.Decided ?? reported, FlowsPushedOut);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DiagnosedConnection> Running(int most) => watch?.Running(most) ?? [];

    /// <summary>Takes the next frame.</summary>
    public void Take(in CapturedFrame frame)
    {
        if (mayBringSecrets) FeedSecrets();
        packets.Decode(in frame, out var packet);
        if (packet.Mark.Time > now) now = packet.Mark.Time;
        switch (packet.Kind)
        {
            case PacketKind.Tcp:
                if (flows.Add(in packet, source.Name) is { } flow) watch?.Touched(flow);
                break;
            case PacketKind.Udp:
                // A flow that ended before is told before: what it looks up then does not depend on which packet came next.
                flows.Advance(packet.Mark.Time);
                Datagram(in packet);
                break;
            case PacketKind.IcmpError when packet.Protocol == TcpProtocolNumber:
                if (flows.AddIcmp(in packet) is { } quoted) watch?.Touched(quoted);
                break;
            case PacketKind.IcmpError when packet.Protocol == UdpProtocolNumber:
                if (datagramFlows.AddIcmp(in packet) is { } quotedFlow) watch?.Touched(quotedFlow);
                break;
            case PacketKind.Broken:
                unreadable = unreadable.Broken == 0
                    ? unreadable with { Broken = 1, FirstBroken = packet.Mark.Frame, FirstFault = packet.Fault }
                    : unreadable with { Broken = unreadable.Broken + 1 };
                break;
            case PacketKind.CutShort:
                unreadable = unreadable with
                {
                    CutShort = unreadable.CutShort + 1,
                    FirstCutShort = unreadable.CutShort == 0 ? packet.Mark.Frame : unreadable.FirstCutShort,
                };
                break;
            default:
                break;
        }
        if (now >= nextSweep) Sweep();
    }

    /// <summary>No frame came up to this moment: capture time goes on.</summary>
    public void Wait(Timestamp until)
    {
        if (mayBringSecrets) FeedSecrets();
        if (until <= now) return;
        now = until;
        flows.Advance(now);
        datagramFlows.Advance(now);
        if (now >= nextSweep) Sweep();
    }

    /// <summary>Live, now and then: tells what was decided since, and asks whether to go on.</summary>
    public bool Turn(bool isQuiet) => watch!.Turn(now, isQuiet, this);

    /// <summary>The capture is over: what is still open is reported as far as it got.</summary>
    public AnalysisSummary Finish(long frames, bool wasStopped)
    {
        if (source.EndTime is { } end) Wait(end);
        FeedSecrets();
        foreach (var protocol in protocols.Datagrams) protocol.Finish();
        flows.Finish();
        datagramFlows.Finish();
        crew?.Finish();
        SettleLookups(all: true);
        return new AnalysisSummary(frames, reported, book.Unused - failedLookups, packets.UnsupportedLinks, source.Damages, unreadable, [.. CapsReached()], wasStopped) { UnreadEncapsulations = packets.UnreadEncapsulations };
    }

    /// <inheritdoc/>
    public void Dispose() => crew?.Dispose();

    private IEnumerable<string> CapsReached()
    {
        if (FlowsPushedOut > 0) yield return $"{FlowsPushedOut} connections were closed early because more than {limits.OpenFlows} were open at once";
        if (packets.FragmentedDatagramsPushedOut > 0) yield return $"{packets.FragmentedDatagramsPushedOut} datagrams were given up because the fragments of more than {limits.FragmentedDatagrams} waited at once";
    }

    /// <inheritdoc/>
    public IStreamReader Opened(TcpFlow flow)
    {
        attempts.Opened(flow);
        book.Opened(flow);
        var prober = new StreamProber(flow, protocols.Streams, limits);
        watch?.Opened(flow, prober);
        return prober;
    }

    /// <inheritdoc/>
    public void Closed(TcpFlow flow)
    {
        attempts.Closed(flow);
        var dialogue = (StreamProber)flow.Reader!;
        if (crew is not null && flow.Syn.IsSet && dialogue.TryServerName(out var asked) && (asked is not null || secrets.IsEmpty))
        {
            crew.Take(new EndedConnection(flow, dialogue, connections.Place(flow, Direction.Forward, asked)));
            return;
        }

        var learned = dialogue.Finish();
        var isCarrier = IsCarrier(learned);
        if (isCarrier)
        {
            watch?.Forget(flow.Ticket);
            book.Closed(flow);
        }

        Told(flow, isCarrier ? null : Kept(connections.Build(flow, [new TcpFacts(flow), .. learned])));
    }

    /// <summary>A connection has become what is kept of it.</summary>
    private void Told(TcpFlow flow, object? kept)
    {
        settled.Settle(flow.Ticket, kept);

        // One that was never answered may still be told as an attempt of another.
        if (!keepsConnections && flow.SynAck.IsSet) flows.Recycle(flow);
    }

    /// <inheritdoc/>
    public void Closed(UdpFlow flow) => settled.Settle(flow.Ticket, Kept(connections.Build(flow, [new UdpFacts(flow), .. ((IDialogue)flow.Reader!).Finish()])));

    /// <inheritdoc/>
    public (long Ticket, string Capture) Asked() => (tickets.Next(), source.Name);

    /// <inheritdoc/>
    public void Began(NameLookup lookup)
    {
        var group = book.Began(lookup);
        if (group.HasAddress) settled.Settle(lookup.Ticket, null);
    }

    /// <inheritdoc/>
    public void Finished(NameLookup lookup)
    {
        var group = book.Add(lookup);
        if (group.HasAddress)
        {
            SettleAll(group);
            settled.Settle(lookup.Ticket, null);
            undecided.Remove(group.Ticket);
            return;
        }
        if (!MayNameAServer(lookup)) settled.Settle(lookup.Ticket, null);
        undecided[group.Ticket] = group;
    }

    /// <summary>Reads the key logs that the capture has brought since the last time.</summary>
    private void FeedSecrets()
    {
        for (; keyLogsRead < source.KeyLogs.Count; keyLogsRead++) KeyLog.Read(source.KeyLogs[keyLogsRead].Span, secrets);
    }

    private long FlowsPushedOut => flows.FlowsPushedOut + datagramFlows.FlowsPushedOut;

    /// <summary>A datagram goes to the flow that it belongs to, to whom it is a question or an answer, or begins a flow; most do nothing of all that.</summary>
    private void Datagram(in Packet packet)
    {
        if (datagramFlows.Add(in packet) is { } known)
        {
            watch?.Touched(known);
            return;
        }

        for (var i = 0; i < protocols.Datagrams.Count; i++)
        {
            if (protocols.Datagrams[i].Datagram(in packet)) return;
        }

        foreach (var protocol in protocols.DatagramFlows)
        {
            if (!protocol.Recognises(in packet)) continue;
            Opened(datagramFlows.Open(in packet, source.Name, protocol.Name, protocol.Begin));
            return;
        }
    }

    private void Opened(UdpFlow flow)
    {
        book.Opened(flow);
        watch?.Opened(flow, (IDialogue)flow.Reader!);
        watch?.Touched(flow);
    }

    /// <summary>Once a second of capture time: what waited too long is given up.</summary>
    private void Sweep()
    {
        nextSweep = now + Second;
        for (var i = 0; i < protocols.Datagrams.Count; i++) protocols.Datagrams[i].Advance(now);
        flows.Advance(now);
        datagramFlows.Advance(now);
        SettleLookups(all: false);
    }

    /// <summary>A name is unresolvable when its look-ups have all been quiet for a while and none brought an address.</summary>
    private void SettleLookups(bool all)
    {
        foreach (var (ticket, group) in undecided)
        {
            if (!all && (group.IsWaiting || now - group.LastActivity <= Settling)) continue;
            // Removing while walking is what a dictionary allows.
            undecided.Remove(ticket);
            var hasLed = book.HasLedToConnection(group);
            book.Settled(group);
            var failed = !hasLed && group.Lookups.Any(NamesAServer) ? connections.Build(group) : null;
            if (failed is not null) failedLookups++;
            settled.Settle(ticket, failed is null ? null : Kept(failed));
            SettleAll(group);
        }
    }

    /// <summary>What was resolved is part of a connection and none by itself: nothing need wait for it.</summary>
    private void SettleAll(LookupGroup group)
    {
        for (var i = 0; i < group.Lookups.Count; i++) settled.Settle(group.Lookups[i].Ticket, null);
    }

    /// <summary>Only questions that lead to a connection count: a missing PTR, TXT or HTTPS record is no failed visit.</summary>
    private static bool NamesAServer(NameLookup lookup) => lookup.Queries.Count > 0 && lookup.IsForAddress && MayNameAServer(lookup);

    /// <summary>The same of what is part of it.</summary>
    private static bool MayNameAServer(NameLookup lookup) => lookup.Resolver.Port == DnsPort && (lookup.IsForAddress || lookup.Type is "HTTPS" or "SVCB");

    /// <summary>An open flow as it stands; null for one that only carries look-ups.</summary>
    private Connection? BuildSoFar(Flow flow, IDialogue dialogue)
    {
        flow.SeenUntil = now;
        var learned = dialogue.SoFar();
        if (flow is UdpFlow udp) return connections.Build(flow, [new UdpFacts(udp), .. learned], isOver: false);
        return IsCarrier(learned) ? null : connections.Build(flow, [new TcpFacts((TcpFlow)flow), .. learned], isOver: false);
    }

    /// <summary>True where a flow is only the road of look-ups.</summary>
    private static bool IsCarrier(IReadOnlyList<ProtocolFacts> learned)
    {
        for (var i = 0; i < learned.Count; i++)
        {
            if (learned[i] is DnsCarrierFacts) return true;
        }

        return false;
    }

    /// <summary>
    /// What is kept of a connection until all that began before it is over: a row, most often, so that a long connection at
    /// the start of a capture does not hold back everything that was learned of those behind it.
    /// </summary>
    private object Kept(Connection connection) => watch is not null ? connection : RowOf(connection, diagnostician);

    /// <summary>What a thread of the crew does: the same, with rules of its own.</summary>
    private Func<EndedConnection, object?> Worker(Diagnostician judge) => ended =>
        RowOf(connections.Build(ended.Flow, [new TcpFacts(ended.Flow), .. ended.Dialogue.Finish()], ended.Visit), judge);

    private object RowOf(Connection connection, Diagnostician judge) => row(judge.Judge(connection)) ?? NoRow;

    private void Report(object kept)
    {
        reported++;
        if (watch is not null) watch.Over((Connection)kept);
        else if (kept != NoRow) found(reported, kept);
    }

    /// <summary>Stands for a connection that is counted and not shown.</summary>
    private static readonly object NoRow = new();

    private const byte TcpProtocolNumber = 6;
    private const byte UdpProtocolNumber = 17;
    private const ushort DnsPort = 53;

    /// <summary>More threads than that wait for who reads the capture.</summary>
    private const int MostCrew = 8;

    private static readonly Duration Second = Duration.FromSeconds(1);

    /// <summary>Longer than a client waits between its own tries for one name.</summary>
    private static readonly Duration Settling = Duration.FromSeconds(10);

    private readonly ICaptureSource source;
    private readonly ILiveSource? live;
    private readonly HandshakeWatch? watch;
    private readonly Func<DiagnosedConnection, object?> row;
    private readonly Action<int, object> found;
    private readonly AnalyzerLimits limits;
    private readonly bool keepsConnections;
    private readonly SecretStore secrets;
    private readonly bool mayBringSecrets;
    private readonly PacketDecoder packets;
    private readonly TicketSource tickets = new();
    private readonly TcpFlowTable flows;
    private readonly UdpFlowTable datagramFlows;
    private readonly ProtocolCatalog protocols;
    private readonly LookupBook book;
    private readonly AttemptBook attempts;
    private readonly ConnectionBuilder connections;
    private readonly ConnectionCrew? crew;
    private readonly Diagnostician diagnostician;
    private readonly TicketQueue<object> settled;
    private readonly Dictionary<long, LookupGroup> undecided = [];
    private Timestamp now = new(long.MinValue);
    private Timestamp nextSweep = new(long.MinValue);
    private int keyLogsRead;
    private UnreadableFrames unreadable;
    private int reported;
    private int failedLookups;
}
