using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid;

/// <summary>One way of one capture through all rooms: frame, packet, flow, protocol, connection, findings.</summary>
internal sealed class AnalysisRun : ITcpFlowListener, ILookupListener
{
    public AnalysisRun(ICaptureSource source, AnalyzerOptions options, Action<DiagnosedConnection> found)
    {
        this.source = source;
        this.found = found;
        limits = options.Limits;
        packets = new PacketDecoder(limits, LinkTypeCatalog.All);
        flows = new TcpFlowTable(limits, this, tickets);
        protocols = new ProtocolCatalog(limits, this);
        attempts = new AttemptBook(flow => new TcpFacts(flow).Steps);
        book = new LookupBook(limits);
        settled = new TicketQueue<Connection>(Report);
        var rules = new RuleCatalog(options);
        diagnostician = new Diagnostician(rules.Rules, rules.Inspections);
        connections = new ConnectionBuilder(book, attempts, protocols.Lookups)
        {
            GivenName = address => options.Names.TryGetValue(address, out var name) || source.Names.TryGetValue(address.ToIPAddress(), out name) ? name : null,
        };
    }

    /// <summary>Takes the next frame.</summary>
    public void Take(in CapturedFrame frame)
    {
        packets.Decode(in frame, out var packet);
        if (packet.Mark.Time > now) now = packet.Mark.Time;
        switch (packet.Kind)
        {
            case PacketKind.Tcp:
                flows.Add(in packet, source.Name);
                break;
            case PacketKind.Udp:
                Datagram(in packet);
                break;
            case PacketKind.IcmpError when packet.Protocol == TcpProtocolNumber:
                flows.AddIcmp(in packet);
                break;
            default:
                break;
        }
        if (now >= nextSweep) Sweep();
    }

    /// <summary>The capture is over: what is still open is reported as far as it got.</summary>
    public AnalysisSummary Finish(long frames, bool wasStopped)
    {
        foreach (var protocol in protocols.Datagrams) protocol.Finish();
        flows.Finish();
        SettleLookups(all: true);
        return new AnalysisSummary(frames, reported, unusedLookups, packets.UnsupportedLinks, source.Damages, wasStopped);
    }

    /// <inheritdoc/>
    public IStreamReader Opened(TcpFlow flow)
    {
        attempts.Opened(flow);
        return new StreamProber(flow, protocols.Streams, limits);
    }

    /// <inheritdoc/>
    public void Closed(TcpFlow flow)
    {
        attempts.Closed(flow);
        var learned = ((StreamProber)flow.Reader!).Finish();
        var isCarrier = learned.Any(f => f is DnsCarrierFacts);
        settled.Settle(flow.Ticket, isCarrier ? null : connections.Build(flow, [new TcpFacts(flow), .. learned]));
    }

    /// <inheritdoc/>
    public (long Ticket, string Capture) Asked() => (tickets.Next(), source.Name);

    /// <inheritdoc/>
    public void Finished(NameLookup lookup)
    {
        var group = book.Add(lookup);
        if (group.HasAddress || !NamesAServer(lookup)) settled.Settle(lookup.Ticket, null);
        if (group.Lookups.Count == 1) undecided.Enqueue(group);
    }

    private void Datagram(in Packet packet)
    {
        foreach (var protocol in protocols.Datagrams)
        {
            if (protocol.Datagram(in packet)) return;
        }
    }

    /// <summary>Once a second of capture time: what waited too long is given up.</summary>
    private void Sweep()
    {
        nextSweep = now + Second;
        foreach (var protocol in protocols.Datagrams) protocol.Advance(now);
        flows.Advance(now);
        SettleLookups(all: false);
    }

    /// <summary>A name is unresolvable when its look-ups have all been quiet for a while and none brought an address.</summary>
    private void SettleLookups(bool all)
    {
        while (undecided.TryPeek(out var group) && (all || now - group.LastActivity > Settling))
        {
            undecided.Dequeue();
            var failed = group.HasAddress || !group.Lookups.Any(NamesAServer) ? null : connections.Build(group);
            if (failed is null) unusedLookups++;
            settled.Settle(group.Ticket, failed);
            foreach (var lookup in group.Lookups) settled.Settle(lookup.Ticket, null);
        }
    }

    /// <summary>Only questions that lead to a connection count: a missing PTR or TXT record is no failed visit.</summary>
    private static bool NamesAServer(NameLookup lookup)
        => lookup.Queries.Count > 0 && lookup.Resolver.Port == DnsPort && lookup.Type is "A" or "AAAA" or "HTTPS" or "SVCB" or "ANY";

    private void Report(Connection connection)
    {
        connection.Id = ++reported;
        found(diagnostician.Judge(connection));
    }

    private const byte TcpProtocolNumber = 6;
    private const ushort DnsPort = 53;

    private static readonly Duration Second = Duration.FromSeconds(1);

    /// <summary>Longer than a client waits between its own tries for one name.</summary>
    private static readonly Duration Settling = Duration.FromSeconds(10);

    private readonly ICaptureSource source;
    private readonly Action<DiagnosedConnection> found;
    private readonly AnalyzerLimits limits;
    private readonly PacketDecoder packets;
    private readonly TicketSource tickets = new();
    private readonly TcpFlowTable flows;
    private readonly ProtocolCatalog protocols;
    private readonly LookupBook book;
    private readonly AttemptBook attempts;
    private readonly ConnectionBuilder connections;
    private readonly Diagnostician diagnostician;
    private readonly TicketQueue<Connection> settled;
    private readonly Queue<LookupGroup> undecided = new();
    private Timestamp now = new(long.MinValue);
    private Timestamp nextSweep = new(long.MinValue);
    private int reported;
    private int unusedLookups;
}
