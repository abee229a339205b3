using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Joins a QUIC connection and a TLS connection over TCP of one client to one name as the two lanes of a visit. They are joined when the first of them is
/// over, by what was seen until then, and both get the same reason. Called in the order of the capture.
/// </summary>
/// <param name="limits">How many are remembered.</param>
/// <param name="soFar">A connection that goes on, as far as it has got.</param>
/// <param name="askedName">The server's name as a TCP connection that goes on asks for it; null where that is not known.</param>
internal sealed class LaneTracker(AnalyzerLimits limits, Func<Flow, Connection> soFar, Func<Flow, string?> askedName)
{
    private readonly Dictionary<LaneClient, List<OpenLane>> byClient = [];
    private readonly Dictionary<long, Joint> joined = [];
    private readonly TcpFlow?[] recent = new TcpFlow?[Math.Max(1, limits.RecentConnections)];
    private long opened;
    private (UdpFlow? Flow, long Packets, Connection? Connection) lastRead;

    /// <summary>Visits that were not joined because too many waited for their other lane.</summary>
    public long LeftOut { get; private set; }

    /// <summary>A TCP connection begins.</summary>
    public void Opened(TcpFlow flow)
    {
        recent[opened++ % recent.Length] = flow;
        if (byClient.Count == 0 || !byClient.TryGetValue(LaneClient.Of(flow), out var lanes)) return;
        foreach (var lane in lanes)
        {
            if (lane.Partner is null && AreClose(lane.Flow, flow) && lane.Rivals.Count < limits.LanesOfClient) lane.Rivals.Add(flow);
        }
    }

    /// <summary>A QUIC connection begins.</summary>
    public void Opened(UdpFlow flow)
    {
        if (flow.Protocol != Quic) return;
        var client = LaneClient.Of(flow);
        if (!byClient.TryGetValue(client, out var lanes)) byClient[client] = lanes = [];
        if (lanes.Count >= limits.LanesOfClient) lanes.RemoveAt(0);
        var lane = new OpenLane(flow);
        lanes.Add(lane);
        for (var i = 1; i <= Math.Min(opened, recent.Length); i++)
        {
            if (recent[(opened - i) % recent.Length] is not { IsOver: false } other || LaneClient.Of(other) != client) continue;
            if (AreClose(other, flow) && lane.Rivals.Count < limits.LanesOfClient) lane.Rivals.Add(other);
        }
    }

    /// <summary>True where a TCP connection that is over may be a lane: its other one is known.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="name">The server's name; null where it is not known.</param>
    public bool IsLane(Flow flow, string? name) =>
        joined.ContainsKey(flow.Ordinal) || (name is not null && flow is TcpFlow tcp && Find(tcp, name.ToLowerInvariant()) is not null);

    /// <summary>A connection is over: gives it its visit, where it has one.</summary>
    /// <param name="flow">Its flow.</param>
    /// <param name="connection">What was read of it.</param>
    public void Ended(Flow flow, Connection connection)
    {
        if (byClient.Count == 0 && joined.Count == 0) return;
        if (joined.Remove(flow.Ordinal, out var known)) Join(connection, known);
        else if (flow is TcpFlow tcp) EndedTcp(tcp, connection);
        else if (flow is UdpFlow { Protocol: Quic } quic) EndedQuic(quic, connection);
        Forget(flow);
    }

    /// <summary>A connection is over, or given up, and none is reported.</summary>
    public void Forget(Flow flow)
    {
        joined.Remove(flow.Ordinal);
        if (flow is not UdpFlow { Protocol: Quic } quic || !byClient.TryGetValue(LaneClient.Of(quic), out var lanes)) return;
        for (var i = lanes.Count - 1; i >= 0; i--)
        {
            if (lanes[i].Flow == quic) lanes.RemoveAt(i);
        }

        if (lanes.Count == 0) byClient.Remove(LaneClient.Of(quic));
    }

    private void EndedTcp(TcpFlow flow, Connection connection)
    {
        if (NameOf(connection) is not { } name || Find(flow, name) is not { } lane || !IsTls(connection)) return;
        var quic = SoFar(lane.Flow);
        lastRead = default;
        if (TryJoin(quic, connection, lane.Flow.Ordinal, connection)) lane.Partner = flow;
    }

    private void EndedQuic(UdpFlow flow, Connection connection)
    {
        if (NameOf(connection) is not { } name || !byClient.TryGetValue(LaneClient.Of(flow), out var lanes) || lanes.Find(l => l.Flow == flow) is not { Partner: null } lane) return;
        lane.Name = name;
        if (Nearest(lane) is not { } rival || joined.ContainsKey(rival.Ordinal)) return;
        var tcp = soFar(rival);
        if (IsTls(tcp)) TryJoin(connection, tcp, rival.Ordinal, connection);
    }

    /// <summary>Joins the lanes; false where too many visits wait for their other one.</summary>
    private bool TryJoin(Connection quic, Connection tcp, long other, Connection over)
    {
        if (joined.Count >= limits.OpenVisits)
        {
            LeftOut++;
            return false;
        }

        var cause = VisitRule.Of(quic, tcp);
        var (first, second) = VisitRule.Order(quic, tcp);
        var lane = Lane.Of(first);
        var (mine, others) = ReferenceEquals(over, quic) ? (quic, tcp) : (tcp, quic);
        Join(mine, new Joint(cause.For(mine, others), ReferenceEquals(mine, second) ? lane : null));
        joined[other] = new Joint(cause.For(others, mine), ReferenceEquals(others, second) ? lane : null);
        return true;
    }

    private static void Join(Connection connection, Joint with) => (connection.Visit, connection.Lane) = (with.Visit, with.Lane);

    /// <summary>The QUIC connection to that name that began nearest to a TCP connection, unless another one to that name began nearer to it.</summary>
    private OpenLane? Find(TcpFlow flow, string name)
    {
        if (byClient.Count == 0 || !byClient.TryGetValue(LaneClient.Of(flow), out var lanes)) return null;
        OpenLane? found = null;
        foreach (var lane in lanes)
        {
            if (lane.Partner is not null || !lane.Rivals.Contains(flow) || NameOf(lane) != name) continue;
            if (found is null || Apart(lane.Flow, flow) < Apart(found.Flow, flow)) found = lane;
        }

        return found is not null && (Nearest(found) is not { } nearest || Apart(found.Flow, flow) <= Apart(found.Flow, nearest)) ? found : null;
    }

    /// <summary>The TCP connection to the name of a QUIC connection that goes on and began nearest to it.</summary>
    private TcpFlow? Nearest(OpenLane lane)
    {
        TcpFlow? found = null;
        foreach (var rival in lane.Rivals)
        {
            if (rival.Index == Flow.Closed || askedName(rival)?.ToLowerInvariant() != lane.Name) continue;
            if (found is null || Apart(lane.Flow, rival) < Apart(lane.Flow, found)) found = rival;
        }

        return found;
    }

    private string? NameOf(OpenLane lane)
    {
        if (lane.IsWorthReading()) lane.Name = NameOf(SoFar(lane.Flow));
        return lane.Name;
    }

    /// <summary>A QUIC connection that goes on: what was read for its name serves for its visit too, where nothing came since.</summary>
    private Connection SoFar(UdpFlow flow)
    {
        var packets = flow.Forward.Packets + flow.Reverse.Packets + flow.Errors.Count;
        if (lastRead.Flow != flow || lastRead.Packets != packets || lastRead.Connection is not { } read) lastRead = (flow, packets, read = soFar(flow));
        return read;
    }

    /// <summary>As the client asked for it, and only where it did not as DNS knows it: the user's own names for addresses say nothing of what was asked for.</summary>
    private static string? NameOf(Connection connection)
    {
        if (connection.Proxy is not null) return null;
        foreach (var facts in connection.Facts)
        {
            if (facts.ServerName is { } asked) return asked.ToLowerInvariant();
        }

        return connection.Server.Name?.ToLowerInvariant();
    }

    private static bool IsTls(Connection connection) => connection.SessionHandshake is { Phase: var phase } && phase == Phase.Tls && connection.Proxy is null;

    private static bool AreClose(Flow one, Flow other) => Apart(one, other) <= Window;

    private static Duration Apart(Flow one, Flow other) => one.First.Time > other.First.Time ? one.First.Time - other.First.Time : other.First.Time - one.First.Time;

    private const string Quic = "quic";

    /// <summary>As for addresses that are tried one after the other; see <see cref="AttemptTracker"/>.</summary>
    private static readonly Duration Window = Duration.FromSeconds(30);

    /// <summary>What a connection gets that is over.</summary>
    private readonly record struct Joint(Visit Visit, Attempt? Lane);

    /// <summary>A client, and where its packets came from: equal addresses in different tunnels or VLANs are different hosts.</summary>
    private readonly record struct LaneClient(IpAddress Address, EncapsulationPath? Path)
    {
        public static LaneClient Of(Flow flow) => new(flow.Initiator.Address, flow.Encapsulation);
    }
}
