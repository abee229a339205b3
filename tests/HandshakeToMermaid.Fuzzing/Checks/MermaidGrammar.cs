using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Fuzzing.Checks;

/// <summary>
/// The part of Mermaid's grammar that all versions from 9.4 on read alike, and that diagrams keep to: stricter than Mermaid, so that a source that passes is
/// accepted by each. What Mermaid itself makes of hostile texts is tested in the browser tests.
/// </summary>
internal static partial class MermaidGrammar
{
    /// <summary>The first line that is none; null where all are.</summary>
    public static string? Fault(string source)
    {
        var lines = source.Split('\n');
        return lines[0] switch
        {
            "sequenceDiagram" => SequenceFault(lines),
            "gantt" => GanttFault(lines),
            _ => $"line 1: {lines[0]}",
        };
    }

    private static string? SequenceFault(string[] lines)
    {
        var participants = new HashSet<string>(StringComparer.Ordinal);
        var isInBand = false;
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart(' ');
            var isWrong = line switch
            {
                "" => i != lines.Length - 1,
                "end" => !isInBand,
                "autonumber" => false,
                _ when Numbering().IsMatch(line) => false,
                _ when Title().Match(line) is { Success: true } title => !IsText(title.Groups["text"].Value),
                _ when Band().IsMatch(line) => isInBand,
                _ when Participant().Match(line) is { Success: true } one => !participants.Add(one.Groups["id"].Value) || !IsText(one.Groups["text"].Value),
                _ when Note().Match(line) is { Success: true } note => !note.Groups["id"].Value.Split(',').All(participants.Contains) || !IsText(note.Groups["text"].Value),
                _ when Arrow().Match(line) is { Success: true } arrow => !participants.Contains(arrow.Groups["from"].Value) || !participants.Contains(arrow.Groups["to"].Value) || !IsText(arrow.Groups["text"].Value),
                _ => true,
            };
            if (isWrong) return $"line {i + 1}: {lines[i]}";
            if (line == "end") isInBand = false;
            isInBand |= Band().IsMatch(line);
        }

        return isInBand ? "a band has no end" : null;
    }

    private static string? GanttFault(string[] lines)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart(' ');
            var isWrong = line switch
            {
                "" => i != lines.Length - 1,
                _ when GanttTitle().Match(line) is { Success: true } title => !IsText(title.Groups["text"].Value) || title.Groups["text"].Value.Contains(':', StringComparison.Ordinal),
                _ when GanttSetting().IsMatch(line) => false,
                _ when Section().IsMatch(line) => false,
                _ when Bar().Match(line) is { Success: true } bar => !IsText(bar.Groups["text"].Value) || !ids.Add(bar.Groups["id"].Value),
                _ => true,
            };
            if (isWrong) return $"line {i + 1}: {lines[i]}";
        }

        return null;
    }

    /// <summary>True for a text in which nothing is left that Mermaid, Markdown fences or a terminal would act on.</summary>
    private static bool IsText(string text)
    {
        if (text.Trim().Length == 0 || Wrap().IsMatch(text)) return false;
        var rest = Escape().Replace(text.Replace("<br/>", " ", StringComparison.Ordinal), "_");
        if (rest.AsSpan().IndexOfAny("#;<") >= 0 || Active().IsMatch(rest)) return false;
        foreach (var rune in rest.EnumerateRunes())
        {
            if (VisibleText.IsHidden(rune.Value)) return false;
        }

        return true;
    }

    [GeneratedRegex("^autonumber [0-9]+ 1$")]
    private static partial Regex Numbering();

    [GeneratedRegex("^acc(Title|Descr): (?<text>.+)$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^rect rgba\([0-9]+, [0-9]+, [0-9]+, 0\.[0-9]+\)$")]
    private static partial Regex Band();

    [GeneratedRegex("^participant (?<id>[A-Z]+[0-9]*) as (?<text>.+)$")]
    private static partial Regex Participant();

    [GeneratedRegex("^Note over (?<id>[A-Z]+[0-9]*(,[A-Z]+[0-9]*)?): (?<text>.+)$")]
    private static partial Regex Note();

    [GeneratedRegex("^(?<from>[A-Z]+[0-9]*)(-?->>|--?x)(?<to>[A-Z]+[0-9]*): (?<text>.+)$")]
    private static partial Regex Arrow();

    [GeneratedRegex("^title (?<text>.+)$")]
    private static partial Regex GanttTitle();

    [GeneratedRegex("^(dateFormat [A-Za-z.:-]+( [A-Za-z.:-]+)?|axisFormat [%A-Za-zµ.: -]+|tickInterval [0-9]+(millisecond|second|minute|hour|day|week|month)|todayMarker off)$")]
    private static partial Regex GanttSetting();

    [GeneratedRegex("^section [0-9]+$")]
    private static partial Regex Section();

    [GeneratedRegex("^(?<text>[^:]+) :(crit, )?(?<id>t[0-9]+x[0-9]+), [0-9][0-9:. T-]*, [0-9]+(\\.[0-9]+)?ms$")]
    private static partial Regex Bar();

    [GeneratedRegex("#[0-9]+;")]
    private static partial Regex Escape();

    [GeneratedRegex(@"%%|%\{|\}%|\$\$|\{\{|\}\}|``|\\n|style|classDef|\ufb02|\u00b6")]
    private static partial Regex Active();

    [GeneratedRegex("^:?(no)?wrap:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Wrap();
}
