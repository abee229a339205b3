using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Reports;

/// <summary>What a page of a comparison shows beside the picture, for its template; every text is written for the form already.</summary>
internal sealed class ComparisonModel(ITextForm form)
{
    /// <summary>The model of the whole page, with what the form adds.</summary>
    public TemplateModel Of(CaptureComparison comparison, string title, params (string Name, object? Value)[] own) => new(
    [
        ("title", form.Sentence(title)),
        ("is_same", comparison.IsSame),
        ("pairs", comparison.Pairs.Select(Pair).ToArray<object?>()),
        ("unpaired", comparison.Unpaired.Select(c => form.Sentence($"Connection {c.Connection.Id} of {c.Connection.Capture} has no counterpart: {Headline.Title(c)}.")).ToArray<object?>()),
        ("remarks", comparison.Remarks.Select(form.Sentence).ToArray<object?>()),
        .. own,
    ]);

    private TemplateModel Pair(ConnectionComparison pair) => new(
        ("server", form.Value(Headline.Server(pair.Bad.Connection))),
        ("is_same", pair.IsSame),
        ("good", Connection(pair.Good)),
        ("bad", Connection(pair.Bad)),
        ("first", pair.First is { } first ? form.Sentence(first.Field.Length > 0 ? $"{first.Place}, {first.Field}" : DifferenceText.Sentence(first)) : null),
        ("findings", pair.Bad.Findings.Where(f => f.FollowsFrom is null && f.Severity != Severity.Info).Select(Finding).ToArray<object?>()),
        ("differences", pair.Differences.Select((d, i) => Row(d, i + 1)).ToArray<object?>()),
        ("remarks", pair.Remarks.Select(form.Sentence).ToArray<object?>()));

    private TemplateModel Connection(DiagnosedConnection diagnosed) => new(
        ("capture", form.Value(diagnosed.Connection.Capture)),
        ("id", diagnosed.Connection.Id),
        ("is_failed", diagnosed.IsFailed),
        ("outcome", form.Sentence(Headline.Short(diagnosed))));

    private TemplateModel Finding(Finding finding) => new(
        ("title", form.Sentence(finding.Title)),
        ("cause_label", FindingText.IsOnlyLikely(finding) ? "Probably" : "Cause"),
        ("cause", form.Sentence(finding.Cause)),
        ("fix", form.Sentence(finding.Fix)));

    private TemplateModel Row(Difference difference, int number) => new(
        ("number", number),
        ("step", form.Sentence(VisibleText.Of(difference.Place))),
        ("field", form.Sentence(difference.Kind switch
        {
            DifferenceKind.Order => $"{difference.Field} (order)",
            DifferenceKind.Replaced or DifferenceKind.OnlyGood or DifferenceKind.OnlyBad => "message",
            _ when difference.Field.Length == 0 => "content",
            _ => difference.Field,
        })),
        ("good", form.Value(DifferenceText.Good(difference))),
        ("bad", form.Value(DifferenceText.Bad(difference))),
        ("meaning", difference.Meaning is { } meaning ? form.Sentence(meaning) : ""));
}
