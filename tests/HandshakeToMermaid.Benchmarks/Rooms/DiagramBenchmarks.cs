using BenchmarkDotNet.Attributes;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Benchmarks.Rooms;

/// <summary>One connection as a diagram, by model, template and renderer.</summary>
[MemoryDiagnoser]
public class DiagramBenchmarks
{
    private readonly List<DiagnosedConnection> connections = [];

    /// <summary>Reads a sample.</summary>
    public DiagramBenchmarks()
    {
        using var source = CaptureFiles.Open([Samples.Capture("tls12-success")], AnalyzerLimits.Default);
        new HandshakeAnalyzer().Analyze(source, connections.Add);
    }

    /// <summary>The name of the output.</summary>
    [Params("mermaid", "svg", "text")]
    public string Form { get; set; } = "mermaid";

    /// <summary>Draws it.</summary>
    [Benchmark]
    public object Draw() => OutputCatalog.Named(Form)!.Render(connections, new OutputRequest());
}
