using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Many connections as one picture: an arrow each, in the order in which they began, repetitions folded, failures in red.</summary>
internal sealed class OverviewBuilder(DiagramOptions options)
{
    /// <summary>Draws the overview: an arrow per connection, or per repetition of one.</summary>
    /// <param name="groups">What is drawn.</param>
    /// <param name="connections">What it is an overview of; those that are not drawn are counted.</param>
    public SequenceDiagram Build(IReadOnlyList<ConnectionGroup> groups, IReadOnlyList<DiagnosedConnection> connections)
    {
        var rest = connections.Count - groups.Sum(g => g.Members.Count);
        var title = Headline.Title(connections);
        var clients = connections.Select(c => c.Connection.Client.Endpoint?.Address).Distinct().Count();
        return new SequenceDiagram(
            options.Title ?? title,
            "",
            [new Participant(Client, Who(connections, clients)), new Participant(Server, ["Servers"])],
            [new DiagramPart(new Note(Client, Server, [title]), null, [.. groups.Select(Row)], rest > 0 ? new Band(BandColor.Gray, new Note(Client, Server, [$"{rest} more connections are not drawn"]), []) : null)]);
    }

    private static Band Row(ConnectionGroup group)
    {
        IReadOnlyList<string> repeats = group.IsFolded ? [group.Repeats] : [];
        var isFailed = group.First.IsFailed;
        var arrow = new Arrow(Client, Server, [First(group.First), .. Second(group.First), .. repeats], IsAnswer: false, isFailed, []);
        return new Band(isFailed ? BandColor.Red : null, null, [arrow]) { IsFailure = isFailed };
    }

    private static string First(DiagnosedConnection diagnosed)
        => VisibleText.Of($"{diagnosed.Connection.Id} · {TextWidth.Shorten(Headline.Server(diagnosed.Connection), NameLength)} · {Headline.Short(diagnosed)}");

    private static List<string> Second(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var parts = new List<string>(4);
        var span = connection.Handshake;
        if (span is not null) parts.AddRange([span.Title, .. span.Marks]);
        if ((diagnosed.IsFailed || connection.Outcome.IsFailure) && diagnosed.Findings is [var leading, ..]) parts.Add(leading.Title);
        else if (connection.Outcome.IsFailure) parts.Add(OutcomeText.Sentence(connection.Outcome));
        if (connection.Timing.Total is { } total) parts.Add(Quantities.Text(total));
        return TextWidth.Wrap(VisibleText.Of(string.Join(" · ", parts)), RowWidth);
    }

    private static List<string> Who(IReadOnlyList<DiagnosedConnection> drawn, int clients)
        => clients == 1 && drawn[0].Connection.Client.Endpoint is { } only ? ["Client", only.Address.ToString()] : ["Clients", $"{clients} addresses"];

    private const string Client = "C";
    private const string Server = "S";
    private const int NameLength = 44;
    private const double RowWidth = 460;
}
