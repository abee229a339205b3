using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Puts each finding as a note below the very step that it concerns, and what was checked of a certificate below that.</summary>
internal sealed class FindingNotes(DiagnosedConnection diagnosed, DiagramOptions options, Columns columns)
{
    private readonly HashSet<Finding> drawn = [];
    private readonly bool areChecksDrawn = CertificateNote.IsDrawn(diagnosed, options);

    /// <summary>The arrows of a band with their notes between them.</summary>
    /// <param name="items">The arrows.</param>
    /// <param name="isSaid">True for a band whose header says what is wrong, as the verdict does.</param>
    /// <param name="isEnd">True where such a band follows.</param>
    public IReadOnlyList<DiagramItem> Between(IReadOnlyList<DiagramItem> items, bool isSaid, bool isEnd)
    {
        if (diagnosed.Findings.Count == 0 && !areChecksDrawn) return items;
        var all = new List<DiagramItem>(items.Count + 1);
        foreach (var item in items)
        {
            all.Add(item);
            if (item is not Arrow arrow) continue;
            if (areChecksDrawn) all.AddRange(CertificateNote.Below(arrow, diagnosed, columns, options));
            foreach (var finding in diagnosed.Findings)
            {
                if (IsWorthNote(finding, isSaid || (isEnd && ReferenceEquals(item, items[^1]))) && finding.At is { } step && arrow.Steps.Contains(step) && drawn.Add(finding)) all.Add(NoteOf(finding, step));
            }
        }

        return all;
    }

    /// <summary>Consequences are in the verdict; a slide has no room for notes; the leading error is not repeated where the check or the band says it.</summary>
    private bool IsWorthNote(Finding finding, bool isSaid)
    {
        if (finding.FollowsFrom is not null || options.Detail == Detail.Brief) return false;
        if (finding.Severity == Severity.Info) return true;
        var isChecked = areChecksDrawn && finding.At is { } step && diagnosed.Checks.Any(c => c.At == step && c.Passed == false);
        return (!isSaid && !isChecked) || !ReferenceEquals(finding, diagnosed.Findings[0]);
    }

    private Note NoteOf(Finding finding, Step step)
    {
        var (sign, kind) = finding.Severity switch { Severity.Error => ($"{Sign.Failed} ", NoteKind.Problem), Severity.Warning => ($"{Sign.Warned} ", NoteKind.Warning), _ => ("", NoteKind.Plain) };
        var attempt = diagnosed.Connection.Beside.FirstOrDefault(a => a.Steps.Contains(step));
        var (left, right) = attempt is not null ? columns.Peers(diagnosed.Connection, attempt)
            : step.Helper is not null ? columns.Helpers(diagnosed.Connection) : columns.Peers(diagnosed.Connection, step.Phase);
        return new Note(left, right, [VisibleText.Of(sign + finding.Title)]) { Kind = kind };
    }
}
