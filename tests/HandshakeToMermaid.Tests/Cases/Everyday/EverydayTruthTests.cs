using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Cases.Everyday;

/// <summary>
/// What people run every day, against the tables that say what was run: how many connections, what leads, what they are called,
/// which look-ups are theirs; and what holds for every drawing.
/// </summary>
public sealed class EverydayTruthTests
{
    [SkippableTheory]
    [MemberData(nameof(EverydayCapture.Names), MemberType = typeof(EverydayCapture))]
    public void An_everyday_capture_is_told_as_it_was(string name)
    {
        var capture = EverydayCapture.Read(name);
        var truth = EverydayCapture.Row("truth.tsv", name)!;
        var opened = capture.Opened;
        var told = opened.Count > 0 ? opened : capture.Json;

        var wrong = new List<string>();
        Hold(opened.Count == int.Parse(truth[2], CultureInfo.InvariantCulture), $"{opened.Count} connections, there were {truth[2]}");
        var leads = truth[3].Split('|');
        HoldAll(told, c => leads.Contains(Leading(c)), c => $"led by {Leading(c)}, not {truth[3]}");
        if (EverydayCapture.Row("must.tsv", name) is [_, { Length: > 0 } classes, ..] && classes != "*")
        {
            HoldAll(told, c => classes.Split(',').Contains(Outcome(c)), c => $"is {Outcome(c)}, not {classes}");
        }

        var queries = int.Parse(truth[4], CultureInfo.InvariantCulture);
        Hold(opened.Count(c => c.GetProperty("dns").GetArrayLength() < queries) <= opened.Count / 100, "connections without their look-ups");
        if (truth is [_, _, _, _, _, { Length: > 0 } server, ..]) HoldAll(opened, c => ServerName(c) == server, c => $"is called {ServerName(c)}, not {server}");
        HoldAll(capture.Json, c => !Outcome(c).StartsWith("dns", StringComparison.Ordinal) || ServerName(c)?.StartsWith('_') != true, _ => "is a probe of the browser's, called failed");
        Assert.Empty(wrong);

        void Hold(bool holds, string otherwise)
        {
            if (!holds) wrong.Add(otherwise);
        }

        void HoldAll(IEnumerable<JsonElement> connections, Predicate<JsonElement> holds, Func<JsonElement, string> otherwise)
        {
            foreach (var connection in connections) Hold(holds(connection), $"{connection.GetProperty("client").GetProperty("port")} {otherwise(connection)}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(EverydayCapture.Names), MemberType = typeof(EverydayCapture))]
    public void A_drawing_asks_before_it_answers_and_never_runs_backwards(string name)
    {
        var capture = EverydayCapture.Read(name);
        Assert.DoesNotContain("after 0.00 ms", capture.Drawn.Text, StringComparison.Ordinal);
        if (capture.Opened.Count > 1) return;
        foreach (var connection in capture.Connections)
        {
            var arrows = DrawnDiagram.Of([connection]).Arrows;
            var times = arrows.Where(a => a.Milliseconds is not null).ToList();
            for (var i = 1; i < times.Count; i++)
            {
                // What is drawn is rounded.
                Assert.True(times[i].Milliseconds + 0.11 >= times[i - 1].Milliseconds, $"{times[i]} stands behind {times[i - 1]}");
            }

            if (arrows.FirstOrDefault(a => a.From == "R" || a.To == "R") is { } first) Assert.True(first.To == "R", $"{first} has no question before it");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(EverydayCapture.Names), MemberType = typeof(EverydayCapture))]
    public void Title_band_and_findings_agree_on_whether_a_connection_failed(string name)
    {
        foreach (var connection in EverydayCapture.Read(name).Connections)
        {
            var drawn = DrawnDiagram.Of([connection]);
            Assert.Equal(connection.IsFailed, drawn.Title.EndsWith("failed", StringComparison.Ordinal));
            if (!connection.IsFailed) drawn.Lacks("Failed here|failed after|· failed");
        }
    }

    [SkippableFact]
    public void Without_a_name_on_the_wire_nobody_is_called_by_another_ones()
    {
        var plain = EverydayCapture.Read("mix").Opened.Where(c => c.GetProperty("server").GetProperty("port").GetInt32() is 8443 or 5555);
        Assert.DoesNotContain(plain, c => ServerName(c) == "old.example.test");
    }

    private static string Leading(JsonElement connection)
    {
        foreach (var finding in connection.GetProperty("findings").EnumerateArray())
        {
            if (finding.GetProperty("severity").GetString() is "error" or "warning") return finding.GetProperty("code").GetString()!;
        }

        return "-";
    }

    private static string Outcome(JsonElement connection) => connection.GetProperty("outcome").GetProperty("class").GetString()!;

    private static string? ServerName(JsonElement connection) => connection.GetProperty("server").GetProperty("name").GetString();
}
