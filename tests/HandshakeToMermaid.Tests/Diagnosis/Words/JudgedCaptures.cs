using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Diagnosis.Rules;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>What is found in samples and in played captures, by a label that says what happens in them.</summary>
public sealed class JudgedCaptures : IDisposable
{
    private readonly PlayedSecurity security = new();
    private readonly PlayedRulePairs pairs = new();
    private readonly PlayedClients clients = new();

    /// <summary>Names the captures; each is read when it is asked for.</summary>
    public JudgedCaptures()
    {
        foreach (var folder in Directory.EnumerateDirectories(Checkout.PathOf("samples")).Where(f => Directory.EnumerateFiles(f, "capture.pcap*").Any()))
        {
            var sample = Path.GetFileName(folder);
            All[$"sample: {sample}"] = () => Judged(Sample.Read(sample));
            if (File.Exists(Path.Combine(folder, "keys.log"))) All[$"sample with its keys: {sample}"] = () => Judged(Reading.OfSample(sample));
        }

        foreach (var path in Folders.SelectMany(f => Directory.EnumerateFiles(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", f), "*.pcap")))
        {
            var keys = Path.ChangeExtension(path, ".keys");
            All[$"case: {Path.GetFileName(Path.GetDirectoryName(path))} {Path.GetFileNameWithoutExtension(path)}"] =
                () => Judged(Reading.Of(path, File.Exists(keys) ? Reading.WithSecrets(File.ReadAllBytes(keys)) : null));
        }

        foreach (var (code, (speaks, _)) in pairs.ByCode) All[$"code: {code}"] = () => [(speaks(), [])];
        foreach (var (label, (script, port)) in PlayedConnections.All) All[label] = () => Judged(ScriptedCapture.Of(script, port));
        foreach (var (label, script) in PlayedResolutions.All) All[label] = () => Judged(script.ToPcap());
        foreach (var (label, capture) in PlayedTunnels.All()) All[label] = () => Judged(capture);
        foreach (var (label, capture) in clients.All) All[label] = () => Judged(capture);
        foreach (var (label, capture) in PlayedDatagrams.All) All[label] = () => Judged(capture);
        foreach (var (label, (capture, options)) in security.All) All[label] = () => Judged(capture, options);
    }

    /// <summary>By label.</summary>
    internal Dictionary<string, Func<IEnumerable<(IReadOnlyList<Finding> Findings, IReadOnlyList<Check> Checks)>>> All { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        clients.Dispose();
        security.Dispose();
        pairs.Dispose();
    }

    private static readonly string[] Folders = ["Compression", "Eap", "HttpsProxy"];

    private static IEnumerable<(IReadOnlyList<Finding> Findings, IReadOnlyList<Check> Checks)> Judged(byte[] capture, AnalyzerOptions? options = null) => Judged(Reading.Of(capture, options).Connections);

    private static IEnumerable<(IReadOnlyList<Finding> Findings, IReadOnlyList<Check> Checks)> Judged(IEnumerable<DiagnosedConnection> connections) => connections.Select(c => (c.Findings, c.Checks));
}
