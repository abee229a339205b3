using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// The columns of a diagram: helpers left, clients in the middle, servers right, so that labels stand between neighbours and no other
/// lifeline runs through them. Routers that sent an ICMP error stand outside, beside the end that they sent it to. Beside the client there is
/// room for one column: several resolvers, a resolver and a router or a proxy share it, and labels name the one that is meant. Addresses that
/// were tried first stand left of the client, or behind the server where a resolver stands there; the other lane of a visit shares its column with the resolver. Connections that are drawn together share
/// the columns they have in common.
/// </summary>
internal sealed class Columns
{
    private readonly Dictionary<string, int> places = [];
    private readonly bool hasManyServers;

    /// <summary>Lays out the columns.</summary>
    /// <param name="connections">What is drawn.</param>
    /// <param name="folded">Steps without an arrow: they need no column.</param>
    /// <param name="authority">Who issued the server's certificate and what part it has, where it has a column; null elsewhere.</param>
    public Columns(IReadOnlyList<Connection> connections, HashSet<Step> folded, (string Name, string Part)? authority)
    {
        var isOne = connections.Count == 1;
        var hasManyClients = !isOne && connections.Select(c => c.Client.Endpoint?.Address).Distinct().Count() > 1;
        hasManyServers = !isOne && connections.Select(c => (c.Server.Endpoint, c.Server.Name)).Distinct().Count() > 1;
        foreach (var connection in connections)
        {
            foreach (var step in connection.Steps)
            {
                if (folded.Contains(step)) continue;
                if (step.Helper is { } helper) Add(helpers, helper, "R", step.HelperRole, helper);
                AddRouter(step, connection.SideOf(step), connection);
            }
            var (client, server) = (connection.Client, connection.Server);
            if (client.Endpoint is { } origin)
            {
                if (hasManyClients) Share(clients, origin.Address, new Participant("C", ["Clients"]));
                else Add(clients, origin.Address, "C", client.Name ?? (connection.Transport switch { "radius" => "Authenticator", "eapol" => "Supplicant", _ => "Client" }), origin.Address.ToString());
            }

            if (server.Endpoint is not { } end) continue;
            if (hasManyServers) Share(servers, new NamedServer(end, server.Name), new Participant("S", ["Servers"]));
            else if (connection.Proxy is { } proxy) AddBehind(connection, proxy, end);
            else Add(servers, new NamedServer(end, server.Name), "S", server.Name ?? (connection.Transport == "eapol" ? "Authenticator" : "Server"), connection.Lane is null ? end.ToString() : $"{end} {AttemptText.Transport(connection.Transport)}");
        }
        foreach (var connection in connections) AddAttempts(connection);
        ShareOne(helpers, nearRouters);
        ShareOne(farRouters, []);
        ShareWithProxy();
        if (connections.Any(c => c.Lane is not null)) ShareWithLane();
        if (authority is { } known) Authority = new Participant("CA", [TextWidth.Shorten(VisibleText.Of(known.Name), NameLength), known.Part]);
        var isLeftTaken = helpers.Count + proxies.Count > 0;
        var ends = new List<Participant>(6);
        foreach (var router in nearRouters.Values)
        {
            if (!helpers.ContainsValue(router)) AddOnce(ends, router);
        }

        AddOnce(ends, helpers);
        AddOnce(ends, proxies);
        if (!isLeftTaken) AddOnce(ends, attempted);
        AddOnce(ends, clients);
        AddOnce(ends, servers);
        AddOnce(ends, attempted);
        AddOnce(ends, farRouters);
        if (Authority is not null) ends.Add(Authority);
        Participants = ends;
        foreach (var participant in Participants) places[participant.Id] = places.Count;
    }

    /// <summary>All columns from left to right.</summary>
    public IReadOnlyList<Participant> Participants { get; }

    /// <summary>The authority that issued the server's certificate, at the right: it has notes and no messages. Null where no chain is drawn.</summary>
    public Participant? Authority { get; }

    /// <summary>Pixels that a line of text may take so that the whole stays within a page's column.</summary>
    public double LineWidth => Participants.Count <= 2 ? TwoColumns : Participants.Count == 3 && Authority is not null ? TwoColumnsAndAuthority : ThreeColumns;

    /// <summary>Where a step's arrow starts and ends.</summary>
    /// <param name="step">The step.</param>
    /// <param name="side">Who sent it, or in whose direction it came.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="attempt">The attempt at another address that it belongs to; null for the connection itself.</param>
    public (string From, string To) Ends(Step step, Side side, Connection connection, Attempt? attempt = null)
    {
        var client = Client(connection);
        var server = attempt is null ? null : Server(connection, attempt);
        if (step.Router is { } router) return side == Side.Server ? (nearRouters[router].Id, client) : (farRouters[router].Id, server ?? Server(connection));
        var other = step.Helper is { } helper ? helpers[helper].Id : server ?? (IsForProxy(connection, step.Phase) && proxies.TryGetValue(connection, out var proxy) ? proxy.Id : Server(connection));
        return side == Side.Client ? (client, other) : (other, client);
    }

    /// <summary>What a band between client and server spans; the helpers' where no server was ever learned.</summary>
    public (string Left, string Right) Peers(Connection connection)
        => connection.Server.Endpoint is null ? Helpers(connection) : (Client(connection), Server(connection));

    /// <summary>What a band about an attempt at another address spans.</summary>
    public (string Left, string Right) Peers(Connection connection, Attempt attempt) => Ordered(Client(connection), Server(connection, attempt));

    /// <summary>What a band of a phase spans: between the client and its proxy, where that is whom it talks to.</summary>
    public (string Left, string Right) Peers(Connection connection, Phase phase)
        => IsForProxy(connection, phase) && proxies.TryGetValue(connection, out var proxy) ? (proxy.Id, Client(connection)) : Peers(connection);

    /// <summary>What a band between the helpers and the client spans.</summary>
    public (string Left, string Right) Helpers(Connection connection)
    {
        var first = connection.Steps.FirstOrDefault(s => s.Helper is { } helper && helpers.ContainsKey(helper))?.Helper;
        return (first is null ? Client(connection) : helpers[first].Id, Client(connection));
    }

    /// <summary>Everything that a connection spans.</summary>
    public (string Left, string Right) All(Connection connection)
    {
        var (left, right) = (Helpers(connection).Left, Peers(connection).Right);
        if (proxies.TryGetValue(connection, out var proxy)) left = Ordered(left, proxy.Id).Left;
        foreach (var attempt in connection.Beside)
        {
            var (first, last) = Peers(connection, attempt);
            left = Ordered(left, first).Left;
            right = Ordered(right, last).Right;
        }

        return (left, right);
    }

    /// <summary>"to 192.0.2.53": which of several resolvers a step went to or came from; null where there is one, and for what no resolver sent.</summary>
    public string? Named(Step step, Side side)
    {
        return step.Helper is { } helper && helpers.Count > 1 ? $"{(side == Side.Client ? "to" : "from")} {helper}" : null;
    }

    /// <summary>True where a third party has a column.</summary>
    public bool HasHelper(string helper) => helpers.ContainsKey(helper);

    /// <summary>The id of a connection's server.</summary>
    public string Server(Connection connection) => servers[new NamedServer(connection.Server.Endpoint!.Value, connection.Server.Name)].Id;

    private (string Left, string Right) Ordered(string one, string other) => places[one] <= places[other] ? (one, other) : (other, one);

    /// <summary>What the client and the proxy say to each other: the connection, the request for a tunnel with the handshake around it, the end.</summary>
    private static bool IsForProxy(Connection connection, Phase phase) =>
        phase.Role is PhaseRole.Transport or PhaseRole.Upgrade or PhaseRole.Close || (phase == Phase.Tls && connection.IsProxyWithinTls);

    /// <summary>A proxy with the server behind it.</summary>
    private void AddBehind(Connection connection, Party proxy, IpEndpoint end)
    {
        Share(proxies, connection, new Participant("P", [TextWidth.Shorten(VisibleText.Of(proxy.Name ?? "Proxy"), NameLength), end.ToString()]));
        var behind = connection.Behind!;
        var port = behind.Port is { } known ? $"port {known}" : "behind the proxy";
        Add(servers, new NamedServer(end, connection.Server.Name), "S", connection.Server.Name ?? behind.Host ?? "Server", port);
    }

    private void AddRouter(Step step, Side side, Connection connection)
    {
        if (step.Router is not { } router) return;
        var isOwn = side == Side.Server ? router == connection.Client.Endpoint?.Address.ToString() : router == connection.Server.Endpoint?.Address.ToString();
        Add(side == Side.Server ? nearRouters : farRouters, router, side == Side.Server ? "G" : "H", isOwn ? "Local host" : "Router", router);
    }

    /// <summary>Each address that was tried first is an end of its own; many of them share one.</summary>
    private void AddAttempts(Connection connection)
    {
        var name = connection.Server.Name ?? "Server";
        var isShared = connection.Beside.Count > MaxAttempts;
        foreach (var attempt in connection.Beside)
        {
            if (hasManyServers) Share(servers, KeyOf(connection, attempt), new Participant("S", ["Servers"]));
            else if (!servers.ContainsKey(KeyOf(connection, attempt))) Add(attempted, KeyOf(connection, attempt), "A", name, isShared ? $"{connection.Beside.Count} other addresses" : AddressOf(attempt));
            foreach (var step in attempt.Steps) AddRouter(step, attempt.SideOf(step), connection);
        }
    }

    private static NamedServer KeyOf(Connection connection, Attempt attempt) =>
        new(connection.Beside.Count > MaxAttempts ? connection.Beside[0].Server : attempt.Server, connection.Server.Name, connection.Beside.Count > MaxAttempts ? null : attempt.Lane?.Transport);

    private static string AddressOf(Attempt attempt) => attempt.Lane is { } lane ? $"{attempt.Server} {AttemptText.Transport(lane.Transport)}" : attempt.Server.ToString();

    private string Server(Connection connection, Attempt attempt) =>
        (servers.TryGetValue(KeyOf(connection, attempt), out var server) ? server : attempted[KeyOf(connection, attempt)]).Id;

    private string Client(Connection connection) => clients[connection.Client.Endpoint!.Value.Address].Id;

    /// <summary>Ends of several connections that share a column, so that no label crosses the lifeline of another one; headings name them.</summary>
    private static void Share<TKey>(Dictionary<TKey, Participant> columns, TKey key, Participant shared)
        where TKey : notnull => columns[key] = columns.Values.FirstOrDefault() ?? shared;

    /// <summary>Gives resolvers and routers on one side of an end one column, where they are several.</summary>
    private static void ShareOne(Dictionary<string, Participant> some, Dictionary<string, Participant> routers)
    {
        if (some.Count + routers.Count < 2) return;
        var all = some.Values.Concat(routers.Values).ToList();
        var kinds = all.GroupBy(p => p.Lines[0]).Select(g => g.Count() > 1 ? $"{g.Key}s" : g.Key).ToList();
        var addresses = all.ConvertAll(p => p.Lines[1]);
        var shared = new Participant(all[0].Id, [string.Join(", ", kinds), addresses.Count > MaxAddresses ? $"{addresses.Count} addresses" : string.Join(", ", addresses)]);
        Replace(some, shared);
        Replace(routers, shared);
    }

    /// <summary>A proxy stands beside the client too, so that its lifeline runs through no label of the server: in the column of the resolvers where there are some.</summary>
    private void ShareWithProxy()
    {
        if (helpers.Count == 0 || proxies.Count == 0) return;
        var shared = Joined(helpers.Values.First(), proxies.Values.First());
        Replace(helpers, shared);
        Replace(proxies, shared);
    }

    /// <summary>The other lane of a visit has labels as long as the connection's: it stands beside the client, in the column of resolver or proxy where there is one.</summary>
    private void ShareWithLane()
    {
        if (helpers.Count + proxies.Count == 0 || attempted.Count == 0) return;
        var lane = attempted.Values.First();
        if (attempted.Count > 1) lane = lane with { Lines = [lane.Lines[0], $"{attempted.Count} other addresses"] };
        var shared = Joined(helpers.Values.Concat(proxies.Values).First(), lane);
        Replace(helpers, shared);
        Replace(proxies, shared);
        Replace(attempted, shared);
    }

    private static Participant Joined(Participant one, Participant other) => new(one.Id, [.. one.Lines.Zip(other.Lines, (first, second) => $"{first}, {second}")]);

    private static void Replace<TKey>(Dictionary<TKey, Participant> columns, Participant shared)
        where TKey : notnull
    {
        foreach (var key in columns.Keys.ToList()) columns[key] = shared;
    }

    private static void Add<TKey>(Dictionary<TKey, Participant> columns, TKey key, string letter, string name, string address)
        where TKey : notnull
    {
        if (columns.ContainsKey(key)) return;
        var id = columns.Count == 0 ? letter : $"{letter}{columns.Count + 1}";
        columns[key] = new Participant(id, [TextWidth.Shorten(VisibleText.Of(name), NameLength), address]);
    }

    /// <summary>Ends of several connections may share a column.</summary>
    private static void AddOnce<TKey>(List<Participant> ends, Dictionary<TKey, Participant> columns)
        where TKey : notnull
    {
        foreach (var column in columns.Values) AddOnce(ends, column);
    }

    private static void AddOnce(List<Participant> ends, Participant column)
    {
        if (!ends.Contains(column)) ends.Add(column);
    }

    /// <summary>Longer names would push the columns apart; the whole name stands in the ClientHello.</summary>
    private const int NameLength = 28;

    /// <summary>More would make a picture wider than a page.</summary>
    public const int MaxAttempts = 2;

    /// <summary>Addresses in a shared column.</summary>
    private const int MaxAddresses = 2;

    private const double TwoColumns = 480;

    /// <summary>The authority has no messages: its column is as wide as its name.</summary>
    private const double TwoColumnsAndAuthority = 400;

    private const double ThreeColumns = 320;

    private readonly Dictionary<string, Participant> helpers = [];
    private readonly Dictionary<string, Participant> nearRouters = [];
    private readonly Dictionary<string, Participant> farRouters = [];
    private readonly Dictionary<IpAddress, Participant> clients = [];
    private readonly Dictionary<NamedServer, Participant> servers = [];
    private readonly Dictionary<NamedServer, Participant> attempted = [];
    private readonly Dictionary<Connection, Participant> proxies = [];

    /// <summary>One server of several names is several columns, and so are the two lanes of a visit.</summary>
    private readonly record struct NamedServer(IpEndpoint Endpoint, string? Name, string? Lane = null);
}
