using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// The columns of a diagram: helpers left, the client in the middle, the server right, so that every label stands between
/// neighbours and no other lifeline runs through it.
/// </summary>
public sealed class Columns
{
    private Columns(List<Participant> participants, Dictionary<string, string> helperIds, bool hasServer)
    {
        Participants = participants;
        this.helperIds = helperIds;
        HasServer = hasServer;
    }

    /// <summary>All columns from left to right.</summary>
    public IReadOnlyList<Participant> Participants { get; }

    /// <summary>False where no address of the server was ever learned.</summary>
    public bool HasServer { get; }

    /// <summary>The leftmost and the rightmost column's ids.</summary>
    public string First => Participants[0].Id;

    /// <inheritdoc cref="First"/>
    public string Last => Participants[^1].Id;

    /// <summary>What a band between client and server spans.</summary>
    public (string Left, string Right) Peers => HasServer ? (Client, Server) : Helpers;

    /// <summary>What a band between the helpers and the client spans.</summary>
    public (string Left, string Right) Helpers => (First, Client);

    /// <summary>Pixels that a line of text may take so that the whole stays within a page's column.</summary>
    public double LineWidth => Participants.Count > 2 ? ThreeColumns : TwoColumns;

    /// <summary>Lays out a connection's columns.</summary>
    public static Columns Of(Connection connection)
    {
        var participants = new List<Participant>();
        var ids = new Dictionary<string, string>();
        foreach (var step in connection.Steps)
        {
            if (step.Helper is null || ids.ContainsKey(step.Helper)) continue;
            var id = ids.Count == 0 ? "R" : $"R{ids.Count + 1}";
            ids[step.Helper] = id;
            participants.Add(new Participant(id, ["DNS resolver", step.Helper]));
        }
        var address = connection.Client.Endpoint?.Address.ToString() ?? "";
        participants.Add(new Participant(Client, connection.Client.Name is { } name ? [Short(name), address] : ["Client", address]));
        var hasServer = connection.Server.Endpoint is not null;
        if (hasServer)
        {
            var server = connection.Server;
            participants.Add(new Participant(Server, [server.Name is null ? "Server" : Short(server.Name), server.Endpoint!.Value.ToString()]));
        }
        return new Columns(participants, ids, hasServer);
    }

    /// <summary>Where a step's arrow starts and ends.</summary>
    public (string From, string To, bool IsAnswer) Ends(Step step, Side side)
    {
        var other = step.Helper is { } helper ? helperIds[helper] : Server;
        return side == Side.Client ? (Client, other, false) : (other, Client, true);
    }

    private static string Short(string name) => TextWidth.Shorten(VisibleText.Of(name), NameLength);

    private const string Client = "C";
    private const string Server = "S";

    /// <summary>Longer names would push the columns apart; the whole name stands in the ClientHello.</summary>
    private const int NameLength = 28;

    private const double TwoColumns = 480;
    private const double ThreeColumns = 320;

    private readonly Dictionary<string, string> helperIds;
}
