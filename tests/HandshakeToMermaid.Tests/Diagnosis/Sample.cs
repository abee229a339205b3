using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagnosis;

/// <summary>The samples by name.</summary>
internal static class Sample
{
    /// <summary>Its capture.</summary>
    public static string PathOf(string name) => Directory.EnumerateFiles(Checkout.PathOf("samples", name), "capture.pcap*").Single();

    /// <summary>What is found in it.</summary>
    public static List<DiagnosedConnection> Read(string name, AnalyzerOptions? options = null) => Reading.Of(PathOf(name), options);
}
