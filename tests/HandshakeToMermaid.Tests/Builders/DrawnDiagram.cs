using System.Globalization;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using Xunit.Sdk;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A drawing as its reader meets it: the words, and the arrows from top to bottom.</summary>
internal sealed partial class DrawnDiagram
{
    private DrawnDiagram(string source)
    {
        Text = source.Replace("<br/>", " ", StringComparison.Ordinal);
        Arrows = [.. Text.Split('\n').Select(l => ArrowLine().Match(l)).Where(m => m.Success).Select(Arrow)];
        Title = TitleLine().Match(Text).Groups[1].Value;
    }

    /// <summary>All of it, line breaks within a label as blanks.</summary>
    public string Text { get; }

    /// <summary>The title for screen readers, which ends in the verdict.</summary>
    public string Title { get; }

    /// <summary>Its arrows, from top to bottom.</summary>
    public IReadOnlyList<DrawnArrow> Arrows { get; }

    /// <summary>Draws connections with the times since their first frame.</summary>
    public static DrawnDiagram Of(params IReadOnlyList<DiagnosedConnection> connections)
        => new(Drawing.Of(connections, new DiagramOptions(Time: TimeStyle.Relative), maxConnections: 8).Text);

    /// <summary>
    /// Holds that the arrows stand there, each behind the one before it: "C FIN" is an arrow of the client with that word, "R" any resolver.
    /// One arrow may hold several of them.
    /// </summary>
    public void ShowsInOrder(params IReadOnlyList<string> wanted)
    {
        var (at, from) = (0, 0);
        foreach (var want in wanted)
        {
            var (sender, words) = (want[..1], want[2..]);
            var found = -1;
            for (; at < Arrows.Count && found < 0; at++, from = 0)
            {
                if (!Arrows[at].From.StartsWith(sender, StringComparison.Ordinal)) continue;
                found = Arrows[at].Label.IndexOf(words, from, StringComparison.Ordinal);
                if (found < 0) continue;
                from = found + words.Length;
                break;
            }

            if (found < 0) throw new XunitException($"'{want}' is not drawn, or not behind {string.Join(", ", wanted.TakeWhile(w => w != want))}:\n{string.Join('\n', Arrows)}");
        }
    }

    /// <summary>Holds that a pattern is nowhere in the drawing.</summary>
    public void Lacks(string pattern)
    {
        if (Regex.Match(Text, pattern) is { Success: true } met) throw new XunitException($"'{met.Value}' is drawn:\n{Text}");
    }

    /// <summary>Holds that a pattern is in the drawing.</summary>
    public void Says(string pattern)
    {
        if (!Regex.IsMatch(Text, pattern)) throw new XunitException($"'{pattern}' is not drawn:\n{Text}");
    }

    private static DrawnArrow Arrow(Match match)
    {
        var label = match.Groups["label"].Value;
        double? time = TimeOf().Match(label) is { Success: true } at ? double.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture) * Unit(at.Groups[2].Value) : null;
        return new DrawnArrow(match.Groups["from"].Value, match.Groups["to"].Value, match.Groups["head"].Value.EndsWith('x'), label, time);
    }

    private static double Unit(string unit) => unit switch { "µs" => 0.001, "ms" => 1, "s" => 1000, _ => 60_000 };

    [GeneratedRegex(@"^\s*(?<from>\w+)(?<head>-?->>|--?x)(?<to>\w+): (?<label>.*)$")]
    private static partial Regex ArrowLine();

    [GeneratedRegex(@"· \+?([0-9.]+) (µs|ms|s|min)\b")]
    private static partial Regex TimeOf();

    [GeneratedRegex("accTitle: (.*)")]
    private static partial Regex TitleLine();
}
