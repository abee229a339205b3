using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Many connections as one picture: an arrow each, in the order in which they began, repetitions folded. Neighbours that failed share a
/// red band, those that were established with warnings an amber one. An arrow's number is that of the list.
/// </summary>
internal sealed class OverviewBuilder(DiagramOptions options)
{
    /// <summary>Draws the overview: an arrow per connection, or per repetition of one.</summary>
    /// <param name="groups">What is drawn.</param>
    /// <param name="connections">What it is an overview of; those that are not drawn are counted.</param>
    public SequenceDiagram Build(IReadOnlyList<ConnectionGroup> groups, IReadOnlyList<DiagnosedConnection> connections)
        => NoteFitter.Fit(BuildUnbroken(groups, connections));

    /// <summary>The same with every line of a note whole, for outputs that measure otherwise.</summary>
    public SequenceDiagram BuildUnbroken(IReadOnlyList<ConnectionGroup> groups, IReadOnlyList<DiagnosedConnection> connections)
    {
        var rest = connections.Count - groups.Sum(g => g.Members.Count);
        var title = Headline.Title(connections);
        var servers = connections.Select(c => Headline.Server(c.Connection)).Distinct().Count();
        var rows = ConnectionGroup.FoldNeighbours(groups).Select(g => (Group: g, Arrow: Arrow(g, servers > 1))).ToList();
        Participant[] columns = [new Participant(Client, Clients(connections)), new Participant(Server, Servers(connections, servers))];
        return new SequenceDiagram(
            options.Title ?? title,
            "",
            columns,
            [new DiagramPart(new Note(Client, Server, [title]), null, Bands(rows), rest > 0 ? new Band(BandColor.Gray, new Note(Client, Server, [$"{rest} more connections are not drawn"]), []) : null)])
        {
            IsNumbered = false,
            Caption = Caption.Of(options, connections, columns),
            Date = Caption.DateOf(options, connections),
        };
    }

    private static List<Band> Bands(List<(ConnectionGroup Group, Arrow Arrow)> rows)
    {
        var bands = new List<Band>();
        for (var i = 0; i < rows.Count;)
        {
            var color = ColorOf(rows[i].Group.First);
            var arrows = rows.Skip(i).TakeWhile(r => ColorOf(r.Group.First) == color).Select(r => r.Arrow).ToList();
            bands.Add(new Band(color, null, arrows) { IsFailure = color == BandColor.Red });
            i += arrows.Count;
        }

        return bands;
    }

    private static BandColor? ColorOf(DiagnosedConnection diagnosed)
        => diagnosed.IsFailed ? BandColor.Red : diagnosed.Findings.Any(f => f.Severity == Severity.Warning) ? BandColor.Amber : null;

    private Arrow Arrow(ConnectionGroup group, bool namesServer)
    {
        var what = VisibleText.Of(string.Join(" · ", What(group, namesServer)));
        var when = string.Join(" · ", When(group));
        var line = when.Length == 0 ? what : $"{what} · {when}";
        List<string> lines = TextWidth.Pixels(line) <= RowWidth ? [line] : [.. TextWidth.Wrap(what, RowWidth), .. TextWidth.Wrap(when, RowWidth)];
        return new Arrow(Client, Server, lines, IsAnswer: false, group.First.IsFailed, []);
    }

    /// <summary>"No. 4, 5", "✓ www.example.com", "TLS 1.2".</summary>
    private IEnumerable<string> What(ConnectionGroup group, bool namesServer)
    {
        var diagnosed = group.First;
        var connection = diagnosed.Connection;
        var names = group.Members.Select(m => Headline.Server(m.Connection)).Distinct().Count();
        var what = connection.Handshake is { } span ? string.Join(' ', span.Marks.Prepend(span.Title)) : Phase.Dns.Title;
        var repeats = IsCounted(group) ? $" x {group.Members.Count}" : "";
        yield return $"No. {group.Numbers}";
        var said = Said(diagnosed);
        if (said.Length == 0) what += repeats;
        else said += repeats;
        yield return $"{SignOf(diagnosed)} {(!namesServer ? what : names > 1 ? $"{names} names" : TextWidth.Shorten(Headline.Server(connection), NameLength))}";
        if (namesServer) yield return what;
        if (said.Length > 0) yield return said;
    }

    /// <summary>"12:00:00.120 to 12:04:13.004", "81.6 ms, 84.1 ms".</summary>
    private IEnumerable<string> When(ConnectionGroup group)
    {
        if (IsCounted(group)) yield return group.Clocks;
        else if (options.Time == TimeStyle.Absolute) yield return string.Join(", ", group.Members.Select(m => ClockText.Clock(m.Connection.First.Time)));
        if (options.Time != TimeStyle.None && Took(group) is { Length: > 0 } took) yield return took;
    }

    private static bool IsCounted(ConnectionGroup group) => group.Members.Count > MaxTimes;

    private static string SignOf(DiagnosedConnection diagnosed)
        => diagnosed.IsFailed ? Sign.Failed : diagnosed.Connection.Outcome.IsCompleted ? Sign.Passed : Sign.NotChecked;

    /// <summary>What was found, as the list says it; how it turned out where it is neither that nor established; else empty.</summary>
    private static string Said(DiagnosedConnection diagnosed)
    {
        if (diagnosed.Findings is [{ Severity: not Severity.Info } leading, ..]) return leading.Title;
        if (diagnosed.IsFailed) return OutcomeText.Sentence(diagnosed.Connection.Outcome);
        return diagnosed.Connection.Outcome.IsCompleted ? "" : Headline.Short(diagnosed);
    }

    /// <summary>How long they took: each of a few, of many the shortest and the longest.</summary>
    private static string Took(ConnectionGroup group)
    {
        var times = group.Members.Where(m => m.Connection.Timing.Total is not null).Select(m => m.Connection.Timing.Total!.Value).ToList();
        if (times.Count == 0) return "";
        if (!IsCounted(group)) return string.Join(", ", times.Select(Quantities.Text));
        var (least, most) = (Quantities.Text(times.Min()), Quantities.Text(times.Max()));
        return least == most ? least : $"{least} to {most}";
    }

    private static List<string> Clients(IReadOnlyList<DiagnosedConnection> connections)
    {
        var clients = connections.Select(c => c.Connection.Client.Endpoint?.Address).Distinct().Count();
        return clients == 1 && connections[0].Connection.Client is { Endpoint: { } only } client ? [client.Name is { } name ? TextWidth.Shorten(VisibleText.Of(name), ColumnLength) : "Client", only.Address.ToString()] : ["Clients", $"{clients} addresses"];
    }

    private static List<string> Servers(IReadOnlyList<DiagnosedConnection> connections, int servers)
    {
        if (servers > 1) return ["Servers", $"{servers} names"];
        var ends = connections.Select(c => c.Connection.Server.Endpoint).Where(e => e is not null).Distinct().ToList();
        var name = TextWidth.Shorten(VisibleText.Of(Headline.Server(connections[0].Connection)), ColumnLength);
        return ends.Count switch { 0 => [name], 1 when ends[0]!.Value.ToString() is { } end && end != name => [name, end], 1 => ["Server", name], _ => [name, $"{ends.Count} addresses"] };
    }

    private const string Client = "C";
    private const string Server = "S";
    private const int NameLength = 44;
    private const int ColumnLength = 28;

    /// <summary>Up to this many connections each have their time.</summary>
    private const int MaxTimes = 2;

    /// <summary>Pixels of a label: with both columns the picture stays within a page's column.</summary>
    private const double RowWidth = 640;
}
