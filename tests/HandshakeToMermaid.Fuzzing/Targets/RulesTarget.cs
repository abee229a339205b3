using System.Text;
using System.Xml;
using HandshakeToMermaid.Cli;
using HandshakeToMermaid.Cli.Checking;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Rules of <c>h2m check</c>: refused in a sentence, or judged over connections of the samples and reported in every form.</summary>
internal sealed class RulesTarget : FuzzTarget
{
    private readonly Lazy<List<Diagnosis.DiagnosedConnection>> connections = new(Connections);

    /// <inheritdoc/>
    public override string Name => "rules";

    /// <inheritdoc/>
    public override string Summary => "rules files: read, judged and reported in every form";

    /// <inheritdoc/>
    public override Grammar Grammar => JsonGrammar.Value;

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (64_000_000, 4_000);

    /// <inheritdoc/>
    public override int ShortRun => 400;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Split(' ').Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (!material.Name.EndsWith("tls12-success/capture.pcap", StringComparison.Ordinal)) yield break;
        yield return Encoding.UTF8.GetBytes("""
            {"$schema": "x", "rules": [
              {"name": "sites", "for": {"sni": ["*.example.com"], "host": ["10.*", "::1", "www.?xample.com"], "port": [443, 8443], "protocol": ["tcp", "quic"]}, "min_version": "1.2", "alpn": ["h2", "http/1.1"], "max_tls_ms": 1000.5},
              {"require_mtls": true, "forbid_suites": ["TLS_RSA_*", "*_CBC_*"], "require_groups": ["x25519", "X25519MLKEM768"], "sni": ["www.example.com", "*"], "no_findings": "error"}]}
            """);
        foreach (var assertion in (string[])["\"min_version\":\"1.3\"", "\"alpn\":[\"x\"]", "\"require_mtls\":true", "\"forbid_suites\":[\"*\"]", "\"require_groups\":[\"secp256r1\"]", "\"max_tls_ms\":0.000001", "\"sni\":[\"a\"]", "\"no_findings\":\"info\""])
            yield return Encoding.UTF8.GetBytes($"{{\"rules\":[{{\"name\":\"all of them\",{assertion}}}]}}");
    }

    /// <inheritdoc/>
    public override void Run(byte[] input) => Invariant.Same(Said(input), Said(input), "same answer twice");

    private string Said(byte[] input)
    {
        IReadOnlyList<CheckRule> rules;
        try
        {
            rules = RulesFile.Of(new MemoryStream(input), "rules.json");
        }
        catch (UsageException refused)
        {
            if (!refused.Message.EndsWith('.')) throw new InvariantException("a refusal is a sentence", refused.Message);
            Invariant.NothingHidden(refused.Message, "a refusal shows every character");
            return refused.Message;
        }

        var said = new StringBuilder();
        var rows = connections.Value.Select((connection, i) => new CheckRow([.. rules.SelectMany(rule => rule.Judge(connection))], connection, isDrawn: false).Under(i + 1)).ToList();
        var run = new CheckRun(rules, rows);
        said.Append(run.NeverDecided.Count);
        foreach (var report in CheckReports.All) said.Append(Written(report, run));
        return said.ToString();
    }

    private static string Written(ICheckReport report, CheckRun run)
    {
        using var stream = new MemoryStream();
        report.Write(run, stream);
        if (report.Name is "json" or "sarif") Invariant.Json(stream.ToArray());
        if (report.Name == "junit") Xml(stream.ToArray());
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Invariant.NothingHidden(text, $"{report.Name} shows every character");
        return text;
    }

    private static void Xml(byte[] written)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(written));
            while (reader.Read()) continue;
        }
        catch (XmlException broken)
        {
            throw new InvariantException("XML reads back", broken.Message);
        }
    }

    private static List<Diagnosis.DiagnosedConnection> Connections()
        => [.. Material.Find(Corpus.Repository, captures: null).Where(m => Samples.Any(s => m.Name.Contains($"{s}/capture", StringComparison.Ordinal))).SelectMany(m => CaptureReading.Connections(m.File, threads: 1) ?? [])];

    private static readonly string[] Samples = ["tls12-success", "tls13-success", "mutual-tls12", "quic-success", "nxdomain", "expired-certificate", "obsolete-version"];

    private const string Words =
        "null true false 0 -1 443 65536 1e400 0.0000000000000000000000000001 79228162514264337593543950335 \"\" \"*\" \"?\" \"*a*a*a*a*a*b\" \"\\ud800\" \"\\u202e\" \"\\u0000\" \"\\u001b[2J\" \"::error::x\" \"]]>\" \"1.2\" \"1.4\" \"TLS_*\" \"x25519\" \"error\" [] {} [\"*\"] [443] \"::ffff:10.0.0.1\" "
        + "\"name\" \"for\" \"min_version\" \"alpn\" \"require_mtls\" \"forbid_suites\" \"require_groups\" \"max_tls_ms\" \"sni\" \"no_findings\" \"host\" \"port\" \"protocol\"";
}
