using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Puts each finding as a note below the very step that it concerns, and what was checked of a certificate below that.</summary>
internal sealed class FindingNotes(DiagnosedConnection diagnosed, DiagramOptions options, Columns columns)
{
    private readonly HashSet<Finding> drawn = [];
    private readonly HashSet<Check> checkedPins = [];
    private bool isCertificateNoted;

    /// <summary>The arrows with their notes between them.</summary>
    public IReadOnlyList<DiagramItem> Between(IReadOnlyList<DiagramItem> items)
    {
        if (diagnosed.Findings.Count == 0 && diagnosed.Checks.Count == 0) return items;
        var all = new List<DiagramItem>(items.Count + 1);
        foreach (var item in items)
        {
            all.Add(item);
            if (item is not Arrow arrow) continue;
            if (!isCertificateNoted && CertificateNote.Below(arrow, diagnosed, columns) is { } note)
            {
                all.Add(note);
                isCertificateNoted = true;
            }

            foreach (var finding in diagnosed.Findings)
            {
                if (IsWorthNote(finding) && finding.At is { } step && arrow.Steps.Contains(step) && drawn.Add(finding)) all.Add(NoteOf(finding, step));
            }

            foreach (var check in diagnosed.Checks)
            {
                if (columns.Authority is null && check is { What: "pin", Passed: true, At: { } step } && arrow.Steps.Contains(step) && checkedPins.Add(check)) all.Add(Over(step, [$"Check: {check.Text}"]));
            }
        }

        return all;
    }

    /// <summary>Consequences of another finding are in the last note; a slide shows the leading finding alone.</summary>
    private bool IsWorthNote(Finding finding) =>
        finding.FollowsFrom is null && (options.Detail != Detail.Brief || ReferenceEquals(finding, diagnosed.Findings[0]));

    private Note NoteOf(Finding finding, Step step)
    {
        var word = finding.Severity switch { Severity.Error => "Problem", Severity.Warning => "Warning", _ => "Note" };
        return Over(step, TextWidth.Wrap(VisibleText.Of($"{word}: {finding.Title}"), columns.LineWidth));
    }

    private Note Over(Step step, IReadOnlyList<string> lines)
    {
        var attempt = diagnosed.Connection.Attempts.FirstOrDefault(a => a.Steps.Contains(step));
        var (left, right) = attempt is not null ? columns.Peers(diagnosed.Connection, attempt)
            : step.Helper is not null ? columns.Helpers(diagnosed.Connection) : columns.Peers(diagnosed.Connection);
        return new Note(left, right, lines);
    }
}
