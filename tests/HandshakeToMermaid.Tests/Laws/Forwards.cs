using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Ladder;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>
/// Time goes forwards in every form, no answer stands before its question, phases and waits add up to the total, and every form counts the
/// same connections and the same failures.
/// </summary>
internal static partial class Forwards
{
    /// <summary>What the law finds wrong.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<DiagnosedConnection> found)
    {
        foreach (var diagnosed in found)
        {
            var id = $"connection {diagnosed.Connection.Id}";
            foreach (var detail in (Detail[])[Detail.Brief, Detail.Normal, Detail.Full])
            {
                var diagram = new DiagramBuilder(new DiagramOptions(detail, TimeStyle.Absolute)).Build([diagnosed]);
                var mermaid = MermaidRenderer.Render(diagram, new MermaidProfile());
                if (Fall(mermaid.Split('\n').Where(line => line.Contains(">>", StringComparison.Ordinal) || line.Contains("-x", StringComparison.Ordinal))) is { } drawn) yield return $"{id}: {detail} Mermaid falls: {drawn}";
                var text = LadderRenderer.Render(diagram, new TerminalStyle(Width: 240));
                if (Fall(text.Split('\n')) is { } written) yield return $"{id}: {detail} text falls: {written}";
                foreach (var early in EarlyAnswers(diagnosed, diagram)) yield return $"{id}: {detail} {early}";
            }

            using var json = JsonDocument.Parse(ConnectionText.Json(diagnosed));
            foreach (var violation in InJson(json.RootElement)) yield return $"{id}: {violation}";
        }

        foreach (var violation in Counts(found)) yield return violation;
    }

    /// <summary>The first time of day that is earlier than one before it; null where there is none.</summary>
    private static string? Fall(IEnumerable<string> lines)
    {
        string last = "", lastLine = "";
        foreach (var line in lines)
        {
            foreach (Match match in TimeOfDay().Matches(line))
            {
                var time = match.Groups[1].Value.PadRight(18, '0');
                if (last.Length > 0 && string.CompareOrdinal(time, last) < 0 && !(last.StartsWith("23:", StringComparison.Ordinal) && time.StartsWith("00:", StringComparison.Ordinal)))
                    return $"\"{line.Trim()}\" behind \"{lastLine.Trim()}\"";
                (last, lastLine) = (time, line);
            }
        }

        return null;
    }

    private static IEnumerable<string> EarlyAnswers(DiagnosedConnection diagnosed, SequenceDiagram diagram)
    {
        var arrows = diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>().ToList();
        foreach (var query in diagnosed.Connection.Queries)
        {
            if (!query.Answer.IsSet) continue;
            var question = query.Questions.Count == 0 ? -1 : arrows.FindIndex(a => a.Steps.Any(s => s.Helper is not null && s.First.Frame <= query.Questions[0].Frame && s.Last.Frame >= query.Questions[0].Frame));
            var answer = arrows.FindIndex(a => a.Steps.Any(s => s.Helper is not null && s.Last.Frame == query.Answer.Frame));
            if (answer >= 0 && question >= 0 && answer < question) yield return $"draws the answer in frame {query.Answer.Frame} before the question in frame {query.Questions[0].Frame}";
        }
    }

    private static IEnumerable<string> InJson(JsonElement json)
    {
        foreach (var query in json.GetProperty("dns").EnumerateArray())
        {
            if (Number(query, "query_frame") is { } question && Number(query, "answer_frame") is { } answer && answer < question) yield return $"JSON: answer_frame {answer} before query_frame {question}";
            if (Number(query, "duration_ms") is < 0) yield return "JSON: dns duration_ms is negative";
        }

        if (json.TryGetProperty("tls", out var tls) && tls.TryGetProperty("messages", out var messages))
        {
            var last = double.MinValue;
            foreach (var message in messages.EnumerateArray())
            {
                if (Number(message, "frame") > Number(message, "last_frame")) yield return $"JSON: frame of {message.GetProperty("type")} behind its last_frame";
                if (Number(message, "time_ms") is not { } time) continue;
                if (time < last) yield return $"JSON: time_ms falls from {last} to {time} at {message.GetProperty("type")}";
                last = Math.Max(last, time);
            }
        }

        var timing = json.GetProperty("timing");
        foreach (var span in timing.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
        {
            if (span.Value.GetDouble() < 0) yield return $"JSON: {span.Name} is negative";
        }

        if (!timing.TryGetProperty("waits", out var waits) || waits.ValueKind != JsonValueKind.Array || Number(timing, "total_ms") is not { } total) yield break;
        var sum = new[] { "dns_ms", "tcp_ms", "tls_ms" }.Sum(name => Number(timing, name) ?? 0) + waits.EnumerateArray().Sum(w => Number(w, "ms") ?? 0);
        if (Math.Abs(sum - total) > Rounding) yield return $"JSON: phases and waits are {sum:0.000} ms, the total is {total:0.000} ms";
    }

    /// <summary>The list is what is found; overview, timeline and JSON must agree with it.</summary>
    private static IEnumerable<string> Counts(IReadOnlyList<DiagnosedConnection> found)
    {
        if (found.Count < 2) yield break;
        var failed = found.Count(c => c.IsFailed);
        var overview = Drawing.Of(found, new DiagramOptions(), maxConnections: 0, new MermaidProfile { MaxCharacters = 1_000_000 }).Text;
        var title = Regex.Match(overview, "accTitle: (.*)").Groups[1].Value;
        var many = Regex.Match(title, "^([0-9]+) connections");
        if (!many.Success || int.Parse(many.Groups[1].Value, CultureInfo.InvariantCulture) != found.Count) yield return $"overview counts \"{title}\", the list {found.Count}";
        var lost = Regex.Match(title, "([0-9]+) failed");
        if ((lost.Success ? int.Parse(lost.Groups[1].Value, CultureInfo.InvariantCulture) : 0) != failed) yield return $"overview counts \"{title}\", the list {failed} failed";
        var timeline = TimelineDrawing.Of(found, new DiagramOptions(), new MermaidProfile { MaxCharacters = 1_000_000 }).Text;
        var sections = timeline.Split('\n').Count(line => line.TrimStart().StartsWith("section ", StringComparison.Ordinal));
        if (found.Count < MaxSections && sections != found.Count) yield return $"timeline has {sections} sections, the list {found.Count} rows";
        var crit = Regex.Count(timeline, ":crit|, crit|crit,");
        if (found.Count < MaxSections && crit != failed) yield return $"timeline shows {crit} failures, the list {failed}";
    }

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    [GeneratedRegex(@"(?<!T)(\d\d:\d\d:\d\d\.\d+)Z")]
    private static partial Regex TimeOfDay();

    /// <summary>A nanosecond for each of the parts.</summary>
    private const double Rounding = 0.001;

    private const int MaxSections = 40;
}
