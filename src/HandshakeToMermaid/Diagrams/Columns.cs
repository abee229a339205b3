using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// The columns of a diagram: helpers left, clients in the middle, servers right, so that every label stands between
/// neighbours and no other lifeline runs through it. Connections that are drawn together share the columns they have in common.
/// </summary>
public sealed class Columns
{
    private Columns(IReadOnlyList<Connection> connections, string? authority)
    {
        foreach (var connection in connections)
        {
            foreach (var step in connection.Steps)
            {
                if (step.Helper is { } helper) Add(helpers, helper, "R", "DNS resolver", helper);
            }
            var (client, server) = (connection.Client, connection.Server);
            if (client.Endpoint is { } origin) Add(clients, origin.Address, "C", client.Name ?? "Client", origin.Address.ToString());
            if (server.Endpoint is { } end) Add(servers, new NamedServer(end, server.Name), "S", server.Name ?? "Server", end.ToString());
        }
        if (authority is not null) Authority = new Participant("CA", [TextWidth.Shorten(VisibleText.Of(authority), NameLength), "not on the wire"]);
        Participants = Authority is null ? [.. helpers.Values, .. clients.Values, .. servers.Values] : [.. helpers.Values, .. clients.Values, .. servers.Values, Authority];
    }

    /// <summary>All columns from left to right.</summary>
    public IReadOnlyList<Participant> Participants { get; }

    /// <summary>Who vouches for the server's certificate, at the right: nobody speaks with it, so that only notes reach it. Null where no chain is drawn.</summary>
    public Participant? Authority { get; }

    /// <summary>Pixels that a line of text may take so that the whole stays within a page's column.</summary>
    public double LineWidth => Participants.Count > 2 ? ThreeColumns : TwoColumns;

    /// <summary>Lays out the columns of connections.</summary>
    public static Columns Of(params IReadOnlyList<Connection> connections) => new(connections, null);

    /// <summary>Lays out the columns of a connection and of the authority that its server's certificate leads to.</summary>
    public static Columns Of(Connection connection, string? authority) => new([connection], authority);

    /// <summary>Where a step's arrow starts and ends.</summary>
    public (string From, string To) Ends(Step step, Side side, Connection connection)
    {
        var client = Client(connection);
        var other = step.Helper is { } helper ? helpers[helper].Id : Server(connection);
        return side == Side.Client ? (client, other) : (other, client);
    }

    /// <summary>What a band between client and server spans; the helpers' where no server was ever learned.</summary>
    public (string Left, string Right) Peers(Connection connection)
        => connection.Server.Endpoint is null ? Helpers(connection) : (Client(connection), Server(connection));

    /// <summary>What a note about the server's certificate spans.</summary>
    public (string Left, string Right) Vouching(Connection connection) => Authority is null ? Peers(connection) : (Server(connection), Authority.Id);

    /// <summary>What a band between the helpers and the client spans.</summary>
    public (string Left, string Right) Helpers(Connection connection)
    {
        var first = connection.Steps.FirstOrDefault(s => s.Helper is not null)?.Helper;
        return (first is null ? Client(connection) : helpers[first].Id, Client(connection));
    }

    /// <summary>Everything that a connection spans.</summary>
    public (string Left, string Right) All(Connection connection) => (Helpers(connection).Left, Peers(connection).Right);

    private string Client(Connection connection) => clients[connection.Client.Endpoint!.Value.Address].Id;

    private string Server(Connection connection) => servers[new NamedServer(connection.Server.Endpoint!.Value, connection.Server.Name)].Id;

    private static void Add<TKey>(Dictionary<TKey, Participant> columns, TKey key, string letter, string name, string address)
        where TKey : notnull
    {
        if (columns.ContainsKey(key)) return;
        var id = columns.Count == 0 ? letter : $"{letter}{columns.Count + 1}";
        columns[key] = new Participant(id, [TextWidth.Shorten(VisibleText.Of(name), NameLength), address]);
    }

    /// <summary>Longer names would push the columns apart; the whole name stands in the ClientHello.</summary>
    private const int NameLength = 28;

    private const double TwoColumns = 480;
    private const double ThreeColumns = 320;

    private readonly Dictionary<string, Participant> helpers = [];
    private readonly Dictionary<IpAddress, Participant> clients = [];
    private readonly Dictionary<NamedServer, Participant> servers = [];

    /// <summary>One server of several names is several columns.</summary>
    private readonly record struct NamedServer(IpEndpoint Endpoint, string? Name);
}
