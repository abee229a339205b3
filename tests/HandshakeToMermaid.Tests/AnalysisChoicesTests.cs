using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests;

/// <summary>How the work is done must not show: on how many threads, when bytes are read, and whether flows are used again.</summary>
public sealed class AnalysisChoicesTests
{
    public static TheoryData<string> Choices => ["one thread", "four threads", "nothing kept", "four threads, nothing kept", "read as it comes", "some waits"];

    [Theory]
    [MemberData(nameof(Choices))]
    public void All_samples_as_one_capture_read_the_same(string choice)
    {
        var samples = Directory.EnumerateFiles(Checkout.PathOf("samples"), "capture.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        using var plain = CaptureFiles.Open(samples, AnalyzerLimits.Default);
        using var chosen = CaptureFiles.Open(samples, AnalyzerLimits.Default);
        Assert.Equal(Rows(plain, Of("one thread")), Rows(chosen, Of(choice)));
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void Many_connections_read_the_same(string choice)
    {
        var file = ManyConnections.Pcap(400, 30);
        using var plain = CaptureFiles.Open(new MemoryStream(file), "many", AnalyzerLimits.Default);
        using var chosen = CaptureFiles.Open(new MemoryStream(file), "many", AnalyzerLimits.Default);
        var rows = Rows(chosen, Of(choice));
        Assert.Equal(Rows(plain, Of("one thread")), rows);
        Assert.True(rows.Count >= 300);
    }

    [Fact]
    public void What_is_given_up_at_a_cap_does_not_depend_on_threads()
    {
        var limits = AnalyzerLimits.Default with { OpenFlows = 20, EmbryonicFlows = 3, TableBytes = 60_000, WaitingResults = 40, EvictedRows = 10 };
        var file = ManyConnections.Pcap(400, 30);
        using var plain = CaptureFiles.Open(new MemoryStream(file), "many", AnalyzerLimits.Default);
        using var chosen = CaptureFiles.Open(new MemoryStream(file), "many", AnalyzerLimits.Default);
        var rows = Rows(plain, new AnalyzerOptions { Threads = 1, Limits = limits });
        Assert.Equal(rows, Rows(chosen, new AnalyzerOptions { Threads = 4, Limits = limits }));
        Assert.Contains(rows, row => row.Contains("followed no further", StringComparison.Ordinal));
    }

    [Fact]
    public void What_goes_wrong_on_another_thread_is_thrown_where_the_capture_is_read()
    {
        using var source = CaptureFiles.Open(new MemoryStream(ManyConnections.Pcap(400, 3)), "many", AnalyzerLimits.Default);
        var analyzer = new HandshakeAnalyzer(Of("four threads"));
        Assert.Throws<InvalidDataException>(() => analyzer.Analyze<object>(source, _ => throw new InvalidDataException(), (_, _) => { }));
    }

    private static AnalyzerOptions Of(string choice) => choice switch
    {
        "one thread" => new() { Threads = 1 },
        "four threads" => new() { Threads = 4 },
        "little recorded" => new() { Threads = 4, Limits = AnalyzerLimits.Default with { RecordedBytes = 300 } },
        _ => new() { Threads = 4, Limits = AnalyzerLimits.Default with { RecordedBytes = 700 } },
    };

    private static List<string> Rows(ICaptureSource source, AnalyzerOptions options)
    {
        var rows = new List<string>();
        new HandshakeAnalyzer(options).Analyze(source, Row, (number, row) => rows.Add($"{number} {row}"));
        return rows;
    }

    private static string Row(DiagnosedConnection connection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
