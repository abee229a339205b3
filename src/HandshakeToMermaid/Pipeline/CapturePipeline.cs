using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Udp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// The stages that a file and a live capture share: frames to packets, packets to flows, DNS queries to resolutions. What becomes of a flow, and
/// when, is up to the pipeline that derives from it.
/// </summary>
internal abstract class CapturePipeline : ITcpFlowListener, IUdpFlowListener, IEapolSink
{
    private readonly ICaptureSource source;
    private readonly AnalyzerLimits limits;
    private readonly SecretStore secrets;
    private readonly bool mayBringSecrets;
    private readonly PrivateKeys? privateKeys;
    private bool isHurried;
    private long overdueAt;
    private long leftOut;
    private readonly PacketDecoder packets;
    private readonly OrdinalSource ordinals = new();
    private readonly TcpFlowTable flows;
    private readonly UdpFlowTable datagramFlows;
    private readonly EapolConversations eapol;
    private readonly ProtocolCatalog protocols;
    private readonly DnsCorrelator correlator;
    private readonly AttemptTracker attempts;
    private readonly LaneTracker lanes;
    private readonly ResolutionStage resolutions;
    private Timestamp nextSweep = new(long.MinValue);
    private Timestamp nextDue = new(long.MaxValue);
    private Timestamp latest;
    private int keyLogsRead;
    private int failedResolutions;
    private UnreadableFrames unreadable;

    private protected CapturePipeline(ICaptureSource source, AnalyzerOptions options)
    {
        this.source = source;
        limits = options.Limits;
        secrets = options.Secrets;
        mayBringSecrets = source.MayBringKeyLogs;
        privateKeys = options.PrivateKeys;
        packets = new PacketDecoder(limits, LinkTypeCatalog.All, TunnelCatalog.All);
        var memory = new TableMemory(limits.TableBytes);
        flows = new TcpFlowTable(limits, this, ordinals, memory);
        datagramFlows = new UdpFlowTable(limits, this, ordinals, memory);
        eapol = new EapolConversations(limits, this);
        attempts = new AttemptTracker(limits, static recorded => new TcpFacts(recorded).Steps);
        correlator = new DnsCorrelator(limits, AskedName, ReadName);
        resolutions = new ResolutionStage(correlator, () => (ordinals.Next(), source.Name), CompleteResolution, limits);
        FeedSecrets();
        protocols = new ProtocolCatalog(limits, secrets, privateKeys, mayBringSecrets, options.VerifiesHandshakes, options.Modules, resolutions);
        Reader = new FlowReader(new TcpProtocol(), new UdpProtocol(), protocols.Streams, protocols.DatagramFlows, limits);
        Assembler = new ConnectionAssembler(correlator, attempts, protocols.Resolutions)
        {
            GivenName = address => options.Names.GetValueOrDefault(address),
            RecordedName = address => source.Names.TryGetValue(address.ToIPAddress(), out var name) ? name : null,
        };
        lanes = new LaneTracker(limits, BuildSoFar, AskedName);
        Diagnostician = CreateDiagnostician(options);
    }

    /// <summary>Makes what asks all rules; for one thread at a time.</summary>
    private protected static Diagnostician CreateDiagnostician(AnalyzerOptions options)
    {
        var witness = new RuleContext(options.TrustAnchors, options.Pins, Math.Min(options.Limits.EncryptedBytes, options.Limits.FollowedDataBytes), options.ChecksEverySignature);
        var catalog = new RuleCatalog(witness, options.Modules);
        return new Diagnostician(catalog.Rules, catalog.Inspections);
    }

    /// <summary>How far capture time has gone.</summary>
    public Timestamp Now { get; private set; } = new(long.MinValue);

    /// <summary>Reads recorded flows.</summary>
    private protected FlowReader Reader { get; }

    /// <summary>Joins what was learned of one connection.</summary>
    private protected ConnectionAssembler Assembler { get; }

    /// <summary>Judges connections.</summary>
    private protected Diagnostician Diagnostician { get; }

    /// <summary>Reads a flow for the only time: its bytes are released. Any thread may ask.</summary>
    private protected IReadOnlyList<ProtocolFacts> ReadOnce(RecordedFlow flow)
    {
        var facts = Reader.Read(flow);
        flow.ReleaseBytes();
        return facts;
    }

    /// <summary>
    /// What a TCP flow that is over belongs to, where the first bytes of its client name the server; null where it must be read first. Every way of
    /// reading asks this first: it says one thing, whichever threads there are.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="recorded">What was recorded of it.</param>
    /// <param name="name">The server's name as the client asked for it.</param>
    private protected ConnectionContext? Correlate(Flow flow, RecordedFlow recorded, out string? name)
    {
        name = null;
        if (recorded is not RecordedTcpFlow { Syn.IsSet: true } stream || !Reader.TryServerName(stream.StartOf(Direction.Forward), out name)) return null;
        return name is null && !LacksSecrets ? null : Assembler.Correlate(flow, Direction.Forward, name);
    }

    /// <summary>A flow that is over, with what was learned of it.</summary>
    private protected Connection BuildEnded(Flow flow, RecordedFlow recorded) => BuildEnded(flow, recorded, Correlate(flow, recorded, out _));

    /// <summary>The same with what <see cref="Correlate"/> said of it.</summary>
    private protected Connection BuildEnded(Flow flow, RecordedFlow recorded, ConnectionContext? place)
    {
        var facts = ReadOnce(recorded);
        return Joined(flow, place is null ? Assembler.Build(flow, recorded, facts) : Assembler.Build(recorded, facts, place));
    }

    /// <summary>An open flow as it stands.</summary>
    private protected Connection BuildSoFar(Flow flow)
    {
        var snapshot = flow.Record(Now);
        return Assembler.BuildSoFar(flow, snapshot, ReadOnce(snapshot));
    }

    /// <summary>True where a TCP flow that is over may be a lane of a visit: it is read in its turn.</summary>
    private protected bool IsLane(Flow flow, string? name) => lanes.IsLane(flow, name);

    private Connection Joined(Flow flow, Connection connection)
    {
        lanes.Ended(flow, connection);
        return connection;
    }

    /// <summary>The ordinal of what began last.</summary>
    private protected long LastOrdinal => ordinals.Last;

    /// <summary>True while no secret is known and the capture may bring none.</summary>
    private protected bool LacksSecrets => secrets.IsEmpty && !mayBringSecrets && privateKeys is null;

    /// <summary>Flows that are followed now.</summary>
    private protected int OpenFlows => flows.OpenFlows + datagramFlows.OpenFlows;

    /// <summary>Flows that were given up because too many were open, or held too much memory.</summary>
    private protected long FlowsEvicted => flows.Evicted + datagramFlows.Evicted;

    /// <summary>Takes the next frame.</summary>
    public void Take(in CapturedFrame frame)
    {
        if (mayBringSecrets) FeedSecrets();
        packets.Decode(in frame, out var packet);
        ExpireBefore(packet.Mark.Time);
        latest = packet.Mark.Time;
        if (latest > Now) Now = latest;
        Take(in packet);
        while (packets.HasNext)
        {
            packets.DecodeNext(in frame, out packet);
            Take(in packet);
        }

        if (Now >= nextSweep) Sweep();
    }

    private void Take(in Packet packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Tcp:
                if (flows.Add(in packet, source.Name) is { } flow) Touched(flow);
                break;
            case PacketKind.Udp:
                // A flow that ended before is closed before: what it resolved then does not depend on which packet came next.
                flows.Advance(packet.Mark.Time);
                Datagram(in packet);
                break;
            case PacketKind.Eapol:
                flows.Advance(packet.Mark.Time);
                eapol.Take(in packet);
                break;
            case PacketKind.IcmpError when packet.Protocol == TcpProtocolNumber:
                if (flows.AddIcmp(in packet) is { } quoted) Touched(quoted);
                break;
            case PacketKind.IcmpError when packet.Protocol == UdpProtocolNumber:
                if (datagramFlows.AddIcmp(in packet) is { } quotedFlow) Touched(quotedFlow);
                break;
            case PacketKind.Broken or PacketKind.CutShort:
                unreadable = unreadable.With(in packet);
                break;
            default:
                break;
        }
    }

    /// <summary>No frame came up to this moment: capture time goes on.</summary>
    public void Wait(Timestamp until)
    {
        if (mayBringSecrets) FeedSecrets();
        if (until <= Now) return;
        ExpireBefore(until);
        latest = Now = until;
        AdvanceFlows();
        if (Now >= nextSweep) Sweep();
    }

    /// <summary>Flows are as far as the last frame or wait; that may be before <see cref="Now"/>, where a clock was set back.</summary>
    private void AdvanceFlows()
    {
        flows.Advance(latest);
        datagramFlows.Advance(latest);
    }

    /// <inheritdoc/>
    public void Take(in Packet packet, bool mayBegin)
    {
        if (datagramFlows.Add(in packet) is { } known) Touched(known);
        else if (!mayBegin || !TryOpen(in packet)) Leave(packet.Mark.Frame);
    }

    /// <inheritdoc/>
    public void Leave(long frame) => packets.LeaveEapol(frame);

    /// <inheritdoc/>
    public void Opened(TcpFlow flow)
    {
        attempts.Opened(flow);
        lanes.Opened(flow);
        correlator.Opened(flow);
        Begun(flow);
    }

    /// <inheritdoc/>
    public IStreamReader? ReaderFor(TcpFlow flow) => protocols.Begin(flow);

    /// <inheritdoc/>
    public void Answered(TcpFlow flow) => attempts.Forget(flow);

    /// <inheritdoc/>
    public IRecordingFilter? FilterFor(TcpFlow flow)
    {
        var soFar = flow.Record(Now);
        var filter = Reader.FilterFor(soFar);
        soFar.ReleaseBytes();
        return filter;
    }

    /// <inheritdoc/>
    public void Closed(TcpFlow flow, RecordedTcpFlow recorded)
    {
        attempts.Closed(flow, recorded);
        if (flow.Reader is not DnsStreamReader { IsDns: true })
        {
            Ended(flow, recorded);
            return;
        }

        correlator.Closed(flow);
        recorded.ReleaseBytes();
        Carried(flow);
    }

    /// <inheritdoc/>
    public void Dropped(TcpFlow flow)
    {
        attempts.Forget(flow);
        lanes.Forget(flow);
        correlator.Closed(flow);
        Counted(flow);
    }

    /// <inheritdoc/>
    public void Closed(UdpFlow flow, RecordedUdpFlow recorded) => Ended(flow, recorded);

    /// <inheritdoc/>
    public void Dropped(UdpFlow flow)
    {
        lanes.Forget(flow);
        correlator.Closed(flow);
        Counted(flow);
    }

    /// <summary>A flow began.</summary>
    private protected abstract void Begun(Flow flow);

    /// <summary>A packet of a flow came.</summary>
    private protected abstract void Touched(Flow flow);

    /// <summary>A flow is over and still to be read.</summary>
    private protected abstract void Ended(Flow flow, RecordedFlow recorded);

    /// <summary>A flow is over that only carried DNS queries: they stand for it.</summary>
    private protected abstract void Carried(Flow flow);

    /// <summary>A flow was given up, and is a connection that only counts.</summary>
    private protected abstract void Counted(Flow flow);

    /// <summary>A DNS query is completed: with a connection where its name could not be resolved, with null where it is part of something else.</summary>
    private protected abstract void Completed(long ordinal, Connection? failed);

    /// <summary>Gives up what began before an ordinal: too many results wait for it.</summary>
    private protected void EvictBefore(long ordinal)
    {
        flows.EvictBefore(ordinal);
        datagramFlows.EvictBefore(ordinal);
        resolutions.EvictBefore(ordinal);
    }

    /// <summary>The capture is over: what is still open is reported as far as it got, after an interruption as much of it as a moment allows.</summary>
    private protected void EndCapture(bool wasStopped)
    {
        isHurried = wasStopped;
        if (source.EndTime is { } end) Wait(end);
        FeedSecrets();

        // The last frame shows how long flows were silent, whatever it holds.
        AdvanceFlows();
        foreach (var protocol in protocols.Datagrams) protocol.Finish();
        eapol.Finish();
        flows.Finish();
        datagramFlows.Finish();
    }

    /// <summary>True where a connection that is over is not read any more: the user wants the end.</summary>
    private protected bool IsLeftOut()
    {
        if (!isHurried) return false;
        var now = Environment.TickCount64;
        if (overdueAt == 0) overdueAt = now + LastReads;
        if (now < overdueAt) return false;
        leftOut++;
        return true;
    }

    /// <summary>Completes what is left, and sums up.</summary>
    /// <param name="frames">Frames read.</param>
    /// <param name="reported">Connections reported.</param>
    /// <param name="wasStopped">True where reading was cancelled.</param>
    private protected AnalysisSummary Summary(long frames, Func<int> reported, bool wasStopped)
    {
        resolutions.Finish();
        return new AnalysisSummary(frames, reported(), correlator.Unused - failedResolutions, packets.UnsupportedLinks, source.Damages, unreadable, [.. CapsReached()], wasStopped)
        {
            UnparsedEncapsulations = packets.UnparsedEncapsulations,
            UnmatchedKeys = [.. privateKeys?.All.Where(static k => !k.HasMatched).Select(static k => k.Name) ?? []],
        };
    }

    /// <summary>
    /// The server's name as an open connection asks for it by now; null where it asks for none, or its first bytes do not show it.
    /// </summary>
    private string? AskedName(Flow flow) => flow is TcpFlow stream && Reader.TryServerName(stream.PeekStart(Direction.Forward), out var name) ? name : null;

    /// <summary>The same, from all that was recorded of it by now.</summary>
    private string? ReadName(Flow flow)
    {
        if (flow is TcpFlow stream && !stream.HasSpoken(Direction.Forward)) return null;
        var snapshot = flow.Record(Now);
        foreach (var facts in ReadOnce(snapshot))
        {
            if (facts.ServerName is { } name) return name;
        }

        return null;
    }

    private IEnumerable<string> CapsReached()
    {
        if (leftOut > 0) yield return $"{leftOut} connections that were open at the interruption were not read";
        if (FlowsEvicted > 0)
        {
            var dropped = flows.Dropped + datagramFlows.Dropped;
            yield return $"{FlowsEvicted} connections were followed no further, because too many were open at once{(dropped > 0 ? $", {dropped} of them are only counted" : "")}";
        }

        if (lanes.LeftOut > 0) yield return $"{lanes.LeftOut} visits over QUIC and TCP were not joined, because more than {limits.OpenVisits} were open at once";
        if (resolutions.Evicted > 0) yield return $"{resolutions.Evicted} DNS queries were followed no further, because too many were open at once";
        if (packets.FragmentedDatagramsPushedOut > 0) yield return $"{packets.FragmentedDatagramsPushedOut} datagrams were discarded because the fragments of more than {limits.FragmentedDatagrams} waited at once";
    }

    /// <summary>Reads the key logs that the capture has brought since the last time.</summary>
    private void FeedSecrets()
    {
        for (; keyLogsRead < source.KeyLogs.Count; keyLogsRead++) KeyLog.Read(source.KeyLogs[keyLogsRead].Span, secrets);
    }

    /// <summary>A datagram belongs to a known flow, is a DNS query or an answer, or begins a flow; most are none of these.</summary>
    private void Datagram(in Packet packet)
    {
        if (datagramFlows.Add(in packet) is { } known)
        {
            Touched(known);
            return;
        }

        for (var i = 0; i < protocols.Datagrams.Count; i++)
        {
            if (protocols.Datagrams[i].Datagram(in packet)) return;
        }

        if (!TryOpen(in packet)) datagramFlows.AddMoved(in packet);
    }

    private bool TryOpen(in Packet packet)
    {
        foreach (var protocol in protocols.DatagramFlows)
        {
            if (!protocol.Recognises(in packet)) continue;
            var flow = datagramFlows.Open(in packet, source.Name, protocol.Name, protocol.BeginFilter());
            correlator.Opened(flow);
            lanes.Opened(flow);
            Begun(flow);
            Touched(flow);
            return true;
        }

        return false;
    }

    /// <summary>
    /// What was due before a moment happens in the order in which it was due, and before whatever comes then: it does not depend on how often somebody
    /// looks, so a file says what live says.
    /// </summary>
    private void ExpireBefore(Timestamp time)
    {
        if (resolutions.HasNews) nextDue = DueAt();
        while (nextDue < time)
        {
            var at = nextDue + new Duration(1);
            if (at > latest)
            {
                flows.Advance(at);
                datagramFlows.Advance(at);
            }

            for (var i = 0; i < protocols.Datagrams.Count; i++) protocols.Datagrams[i].Advance(at);
            resolutions.Complete(at);
            var next = DueAt();

            // Times beyond what can be represented begin anew.
            if (next < at) break;
            nextDue = next;
        }
    }

    private Timestamp DueAt()
    {
        resolutions.HasNews = false;
        var soonest = resolutions.DueAt ?? new Timestamp(long.MaxValue);
        for (var i = 0; i < protocols.Datagrams.Count; i++)
        {
            if (protocols.Datagrams[i].DueAt is { } due && due < soonest) soonest = due;
        }

        return soonest;
    }

    /// <summary>Once a second of capture time: what waited too long is given up.</summary>
    private void Sweep()
    {
        nextSweep = Now + Second;
        for (var i = 0; i < protocols.Datagrams.Count; i++) protocols.Datagrams[i].Advance(Now);
        flows.Advance(Now);
        datagramFlows.Advance(Now);
        resolutions.Complete(Now);
    }

    private void CompleteResolution(long ordinal, DnsResolution? failed)
    {
        var connection = failed is null ? null : Assembler.Build(failed);
        if (connection is not null) failedResolutions++;
        Completed(ordinal, connection);
    }

    private const byte TcpProtocolNumber = 6;
    private const byte UdpProtocolNumber = 17;

    /// <summary>Milliseconds in which open connections are read after an interruption.</summary>
    private const long LastReads = 150;

    private static readonly Duration Second = Duration.FromSeconds(1);
}
