using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Tests;

namespace HandshakeToMermaid.Cli.Tests.Fleets;

/// <summary>What the README says about rows of many machines: its commands are run, and the answers of its queries are checked.</summary>
public sealed partial class FleetTests : IDisposable
{
    private const int RowsOfFile = 48;

    /// <summary>What is known of samples from how they were recorded, and the rows that h2m writes of them.</summary>
    private static readonly Lazy<FleetSample[]> Samples = new(() =>
    [
        new("tls13-success", null, "TLS 1.3", "13"),
        new("tls12-success", null, "TLS 1.2", "12", hasCertificate: true),
        new("expired-certificate", "certificate-expired", "TLS 1.2", "13", hasCertificate: true),
        new("no-common-version", "no-common-version", null, "12"),
        new("server-silent", "no-server-hello", null, "13"),
        new("dns-unanswered", "dns-no-answer", null, null),
        new("obsolete-version", null, "TLS 1.0", "10", hasCertificate: true),
        new("port-closed", "port-closed", null, null),
        new("quic-success", null, "TLS 1.3", "13"),
        new("postgresql-unencrypted", null, null, null),
        new("dtls12-success", null, "DTLS 1.2", "d2", hasCertificate: true),
    ]);

    private readonly string folder = Directory.CreateTempSubdirectory("h2m-fleet").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [InlineData(2_400)]
    [InlineData(100_800)]
    public void The_five_queries_find_what_is_in_the_rows(int count)
    {
        if (count > 10_000) TestSet.NeedsAll("100,000 rows");
        var rows = Generate(count);
        var answers = DuckDb.Query(folder, ["SET TimeZone = 'UTC'", .. Statements()]);
        Assert.Equal(count, int.Parse((string)answers[1][0]!["Count"]!, CultureInfo.InvariantCulture));
        Assert.Equal(Failures(rows), Lines(answers[2], "hour", "cause", "connections", "example"));
        Resolvers(rows, answers[3]);
        Assert.Equal(Certificates(rows), Lines(answers[4], "not_after", "subject", "connections", "servers", "example"));
        Assert.Equal(Clients(rows), Lines(answers[5], "address", "highest", "connections", "example"));
        Assert.Equal(Versions(rows), Lines(answers[6], "server", "version", "connections", "example"));
    }

    [SkippableFact]
    public void The_command_beside_a_row_draws_it_without_its_capture()
    {
        var captures = Directory.CreateDirectory(Path.Combine(folder, "captures")).FullName;
        foreach (var sample in (string[])["expired-certificate", "two-visits", "nxdomain"]) File.Copy(H2m.Sample(sample), Path.Combine(captures, $"{sample} of today.pcap"));
        Gather();
        Directory.Delete(captures, recursive: true);
        var answers = DuckDb.Query(folder, Statements());
        var failure = (string)answers[1].Single(r => (string)r!["cause"]! == "certificate-expired")!["example"]!;
        Assert.Equal("h2m convert \"rows/expired-certificate of today.pcap.ndjson\" -c 1", failure);
        Assert.Equal(H2m.Run(["convert", H2m.Sample("expired-certificate")]).Output, H2m.Run(["convert", In("rows/expired-certificate of today.pcap.ndjson"), "-c", "1"]).Output);
        Assert.Equal(H2m.Run(["convert", H2m.Sample("two-visits"), "-c", "2"]).Output, H2m.Run(["convert", In("rows/two-visits of today.pcap.ndjson"), "-c", "2"]).Output);
    }

    /// <summary>The statements of the README: the table, then the five queries.</summary>
    private static List<string> Statements()
    {
        var statements = Blocks("sql").TakeWhile(s => s.Contains("connections", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, statements.Count);
        return statements;
    }

    private static IEnumerable<string> Blocks(string language)
    {
        var page = File.ReadAllText(Path.Combine(H2m.Root, "README.md"));
        var section = page[page.IndexOf("### Many machines", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n### ", StringComparison.Ordinal)];
        return Fence().Matches(section).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["text"].Value);
    }

    /// <summary>Runs the shell commands of the README with the tested program as h2m.</summary>
    private void Gather()
    {
        Skip.IfNot(File.Exists("/bin/bash"), "needs bash");
        var programs = Directory.CreateDirectory(In("programs")).FullName;
        File.WriteAllText(Path.Combine(programs, "h2m"), $"#!/bin/sh\nexec {TestedProgram.InShell} \"$@\"\n");
        var script = $"chmod +x programs/h2m\nPATH=$PWD/programs:$PATH\nparallel --version 2>/dev/null | grep -q GNU || exit 100\n{Blocks("sh").Single()}";
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-e", "-o", "pipefail", "-c", script]) { WorkingDirectory = folder, UseShellExecute = false })!;
        bash.WaitForExit();
        Skip.If(bash.ExitCode == 100, "needs GNU parallel");
        Assert.Equal(0, bash.ExitCode);
    }

    private List<FleetRow> Generate(int count)
    {
        var rows = new List<FleetRow>(count);
        var text = new StringBuilder();
        for (var k = 0; k < count; k++)
        {
            var sample = Samples.Value[k / 4 % Samples.Value.Length];
            var file = $"rows/m{k / RowsOfFile % 40:00}/{k / RowsOfFile:00000}.ndjson";
            var row = sample.Row(k, k % RowsOfFile + 1, file);
            rows.Add(row);
            sample.Write(text, row);
            if (row.Id != RowsOfFile) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(In(file))!);
            File.WriteAllText(In(file), text.ToString());
            text.Clear();
        }

        return rows;
    }

    private static IEnumerable<string> Failures(List<FleetRow> rows) => rows.Where(r => r.Cause is not null)
        .GroupBy(r => (Hour: r.Start.Date.AddHours(r.Start.Hour), r.Cause))
        .OrderBy(g => g.Key.Hour).ThenByDescending(g => g.Count()).ThenBy(g => g.Key.Cause, StringComparer.Ordinal)
        .Select(g => $"{g.Key.Hour:yyyy-MM-dd HH:mm:ss}|{g.Key.Cause}|{g.Count()}|{Example(g)}");

    private static IEnumerable<string> Certificates(List<FleetRow> rows)
    {
        var limit = rows.Max(r => r.Start).AddDays(30);
        return rows.Where(r => r.Ends < limit).GroupBy(r => r.Ends!.Value).OrderBy(g => g.Key)
            .Select(g => $"{g.Key:yyyy-MM-dd HH:mm:ss}|CN=www.example.com|{g.Count()}|{g.DistinctBy(r => r.Address).Count()}|{Example(g)}");
    }

    private static IEnumerable<string> Clients(List<FleetRow> rows) => rows.Where(r => r.Highest is not (null or "13"))
        .GroupBy(r => (r.Client, r.Highest)).Select(g => (g.Key, Count: g.Count(), Example: Example(g)))
        .OrderByDescending(g => g.Count).ThenBy(g => g.Key.Client, StringComparer.Ordinal).ThenBy(g => g.Key.Highest, StringComparer.Ordinal)
        .Select(g => $"{g.Key.Client}|{g.Key.Highest}|{g.Count}|{g.Example}");

    private static IEnumerable<string> Versions(List<FleetRow> rows) => rows.Where(r => r.Version is not null)
        .GroupBy(r => (Server: r.Server ?? r.Address, r.Version)).OrderBy(g => g.Key.Server, StringComparer.Ordinal).ThenBy(g => g.Key.Version, StringComparer.Ordinal)
        .Select(g => $"{g.Key.Server}|{g.Key.Version}|{g.Count()}|{Example(g)}");

    private static void Resolvers(List<FleetRow> rows, JsonArray answers)
    {
        var expected = rows.SelectMany(r => r.Queries.Select(q => (r.File, Query: q))).Distinct().GroupBy(q => q.Query.Resolver)
            .Select(g => (g.Key, Count: g.Count(), Times: g.Where(q => q.Query.Milliseconds is not null).Select(q => q.Query.Milliseconds!.Value).Order().ToList()))
            .OrderByDescending(g => Quantile(g.Times, 0.95)).ToList();
        Assert.Equal(expected.Select(e => $"{e.Key}|{e.Count}|{e.Count - e.Times.Count}"), Lines(answers, "resolver", "queries", "unanswered"));
        foreach (var (answer, (resolver, _, times)) in answers.Zip(expected))
        {
            Assert.Equal(Quantile(times, 0.5), (double)answer!["median_ms"]!, 6);
            Assert.Equal(Quantile(times, 0.95), (double)answer["p95_ms"]!, 6);
            var slowest = rows.First(r => r.Diagram == (string)answer["slowest"]!);
            Assert.Contains(slowest.Queries, q => q.Resolver == resolver && q.Milliseconds == times[^1]);
        }
    }

    /// <summary>The value between the two nearest, as PERCENTILE_CONT of SQL has it.</summary>
    private static double Quantile(List<double> sorted, double part)
    {
        var place = (sorted.Count - 1) * part;
        var below = (int)place;
        return below + 1 < sorted.Count ? sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below) : sorted[below];
    }

    private static string Example(IEnumerable<FleetRow> rows) => rows.Select(r => r.Diagram).Min(StringComparer.Ordinal)!;

    private static IEnumerable<string> Lines(JsonArray rows, params string[] columns) => rows.Select(row => string.Join('|', columns.Select(c => row![c]?.ToString())));

    private string In(string name) => Path.Combine(folder, name);

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
