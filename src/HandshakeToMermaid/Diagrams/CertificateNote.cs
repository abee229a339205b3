using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// What a peer has to check of the other one's certificate, drawn below it: what failed first. The checks were repeated on the captured
/// bytes; whether the peer made them is not visible.
/// </summary>
internal static class CertificateNote
{
    /// <summary>
    /// The authority that the server's chain leads to, where it takes part and so has a column: it signed a stapled status, or the client does
    /// not know it. Elsewhere its name in the chain is enough, unless everything is wanted. With the part it has, in the words of its column. Null
    /// where none is drawn.
    /// </summary>
    public static (string Name, string Part)? AuthorityOf(DiagnosedConnection diagnosed, DiagramOptions options)
    {
        if (options.Detail == Detail.Brief || Find(diagnosed, "chain") is not { Signers: [.., var authority] }) return null;
        if (diagnosed.Checks.Any(IsUnknown)) return (authority, "unknown to the client");
        return options.Detail == Detail.Full || diagnosed.Checks.Any(IsStaple) ? (authority, "not contacted") : null;
    }

    /// <summary>True where the checks are drawn.</summary>
    public static bool IsDrawn(DiagnosedConnection diagnosed, DiagramOptions options) => options.Detail != Detail.Brief && diagnosed.Checks.Any(c => c.At is not null);

    /// <summary>The notes that belong below an arrow: none where it brings no certificate.</summary>
    public static IEnumerable<Note> Below(Arrow arrow, DiagnosedConnection diagnosed, Columns columns, DiagramOptions options)
    {
        List<Check>? checks = null;
        for (var i = 0; i < diagnosed.Checks.Count; i++)
        {
            if (diagnosed.Checks[i] is { At: { } step } check && arrow.Steps.Contains(step)) (checks ??= []).Add(check);
        }

        return checks is null ? [] : Notes(checks, diagnosed, columns, options);
    }

    private static IEnumerable<Note> Notes(List<Check> checks, DiagnosedConnection diagnosed, Columns columns, DiagramOptions options)
    {
        var (left, right) = columns.Peers(diagnosed.Connection, checks[0].At!.Phase);
        var items = new List<string>(checks.Count);
        AddItems(items, checks, passed: false);
        var passed = options.CountsPassedChecks ? checks.Count(c => c.Passed == true) : 0;
        if (passed > 1) items.Add($"{Sign.Passed} {passed} checks passed".Replace(' ', TextWidth.NoBreak));
        else AddItems(items, checks, passed: true);
        AddItems(items, checks, passed: null);
        yield return new Note(left, right, [$"For the {(checks[0].By == Side.Client ? "client" : "server")} to check: {string.Join(" · ", items)}"]) { Kind = NoteKind.Check };
        // That it is unknown stands in its column and among the checks.
        if (columns.Authority is not { } authority || checks[0].By != Side.Client || (checks.Exists(IsUnknown) && options.Detail != Detail.Full)) yield break;
        var issuer = checks.Find(c => c.What == "chain") is { Signers: [var direct, _, ..] } ? [$"Issued by {TextWidth.Shorten(VisibleText.Of(direct), NameLength)}"] : (List<string>)[];
        var part = checks.Find(c => IsUnknown(c) || IsStaple(c)) is { } own ? VisibleText.Of(own.Text).Split(", ") : ["not contacted"];
        yield return new Note(columns.Server(diagnosed.Connection), authority.Id, [.. issuer, .. part]) { Kind = NoteKind.Check };
    }

    private static void AddItems(List<string> items, List<Check> checks, bool? passed)
    {
        foreach (var check in checks)
        {
            if (check.Passed == passed) items.Add(ItemOf(check));
        }
    }

    private static string ItemOf(Check check)
    {
        var sign = check.Passed switch { true => Sign.Passed, false => Sign.Failed, _ => Sign.NotChecked };
        var text = check is { What: "chain", Passed: true, Signers.Count: > 0 } ? $"chain: {string.Join(", ", check.Signers.Select(s => TextWidth.Shorten(s, NameLength)))}" : check.Text;
        return $"{sign} {VisibleText.Of(text)}".Replace(' ', TextWidth.NoBreak);
    }

    /// <summary>True where the client does not know the authority of the server's certificate. The client's own certificate has no column.</summary>
    private static bool IsUnknown(Check check) => check is { What: "authority", Passed: false, By: Side.Client };

    private static bool IsStaple(Check check) => check is { What: "staple", Passed: not null, By: Side.Client };

    private static Check? Find(DiagnosedConnection diagnosed, string what) => diagnosed.Checks.FirstOrDefault(c => c.What == what && c.By == Side.Client);

    private const int NameLength = 28;
}
