using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Extensibility;

/// <summary>A protocol that the library does not know is drawn, listed and diagnosed by its own folder and one line of options.</summary>
public sealed partial class ModulesTests
{
    private static readonly AnalyzerOptions WithModule = new() { Modules = [new Ssh.SshModule()] };

    private const string Agreed = "C SYN; +20ms; S SYN-ACK; C ACK; +30ms; S 'SSH-2.0-OpenSSH_9.6\r\n'; C 'SSH-2.0-Go\r\n'; +1ms; C #200; S #300; +20ms; C FIN; S FIN; C ACK";
    private const string Differing = "C SYN; +20ms; S SYN-ACK; C ACK; +30ms; S 'SSH-1.5-Cisco-1.25\r\n'; C 'SSH-2.0-Go\r\n'; +5ms; C FIN; S FIN; C ACK";

    [Fact]
    public void Its_band_has_its_own_header_and_color_in_Mermaid()
    {
        var text = Render("mermaid", Agreed);
        Assert.Contains("rect rgba(27, 158, 158, 0.15)", text, StringComparison.Ordinal);
        Assert.Contains("SSH 2.0 · 1.0 ms", text, StringComparison.Ordinal);
        Assert.Contains("Identification", text, StringComparison.Ordinal);
        Assert.Contains("SSH-2.0-OpenSSH_9.6", text, StringComparison.Ordinal);
        Assert.Contains("Established: SSH versions agreed in ", text, StringComparison.Ordinal);
        Assert.Contains("accTitle: SSH 2.0 handshake with 198.51.100.7:22, established", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_failure_has_its_own_header_and_finding_in_Mermaid()
    {
        var text = Render("mermaid", Differing);
        Assert.Contains("SSH 1.5 · failed after ", text, StringComparison.Ordinal);
        Assert.Contains("SSH · versions do not match", text, StringComparison.Ordinal);
        Assert.Contains("✗ The SSH versions do not match", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("html")]
    public void Its_color_is_in_the_style_sheet_for_light_and_dark_pages(string form)
    {
        var text = Render(form, Agreed);
        Assert.Contains("<g class=\"ssh\">", text, StringComparison.Ordinal);
        Assert.Contains(".h2m .ssh .field{fill:#ebfafa}", text, StringComparison.Ordinal);
        Assert.Contains(".h2m .ssh .field{fill:#0c2123}", text[text.IndexOf("prefers-color-scheme:dark", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Established: SSH versions agreed", Tags().Replace(text, ""), StringComparison.Ordinal);
        Assert.DoesNotContain("ssh", Render(form, "C SYN; S SYN-ACK; C ACK; C FIN; S FIN; C ACK"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_it_in_its_color()
    {
        var text = Render("text", Agreed, new TerminalStyle(IsColoured: true));
        Assert.Contains("\e[36m", text, StringComparison.Ordinal);
        Assert.Contains("SSH 2.0 · 1.0 ms", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_names_it() => Assert.Contains("SSH 2.0 1.0 ms", Render("mermaid", Agreed, isTimeline: true), StringComparison.Ordinal);

    [Theory]
    [InlineData(Agreed, "ssh_banner_exchanged", null)]
    [InlineData(Differing, "ssh_version_mismatch", "ssh-version-mismatch")]
    public void JSON_has_its_facts_its_outcome_and_its_finding(string script, string outcome, string? finding)
    {
        var json = JsonDocument.Parse(Render("json", script)).RootElement;
        if (json.ValueKind == JsonValueKind.Array) json = json[0];
        Assert.Equal("SSH-2.0-Go", json.GetProperty("ssh").GetProperty("client").GetString());
        Assert.Equal(outcome, json.GetProperty("outcome").GetProperty("class").GetString());
        Assert.Equal(finding is null ? [] : [finding], json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()!));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("timing").GetProperty("tls_ms").ValueKind);
        Assert.Equal(finding is null, json.GetProperty("timing").TryGetProperty("ssh_ms", out _));
    }

    [Fact]
    public void Its_handshake_counts_in_the_total_like_any_other()
    {
        var timing = Read(Agreed).Connection.Timing;
        Assert.Equal(["TCP", "SSH"], timing.Phases.Select(p => p.Phase.Title));
        Assert.Equal(54, timing.Total!.Value.Milliseconds, 3);
    }

    [Theory]
    [InlineData(Agreed, "SSH 2.0", "ssh_banner_exchanged")]
    [InlineData(Differing, "SSH 1.5", "✗ ssh_version_mismatch: The SSH versions do not match")]
    public void A_list_has_it_as_a_row(string script, string handshake, string outcome)
    {
        using var rows = new TableRows(Stream.Null, isColoured: false);
        var row = (string)rows.RowOf(Read(script));
        Assert.Contains(handshake, row, StringComparison.Ordinal);
        Assert.EndsWith("  " + outcome, row, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_decides_it_like_any_other()
    {
        var log = new LiveLog();
        using var source = new ScriptedLiveSource(CaptureFiles.Open(new MemoryStream(Capture(Agreed)), "bytes", AnalyzerLimits.Default), new LivePace());
        new HandshakeAnalyzer(WithModule).Watch(source, log);
        Assert.Contains("decided 1 ssh_banner_exchanged", log.Lines);
    }

    [Fact]
    public void Without_the_module_the_connection_is_cleartext() => Assert.Equal("not_tls", Read(Agreed, new AnalyzerOptions()).Connection.Outcome.Class.Name);

    [Fact]
    public void Outside_its_folder_one_line_names_it()
    {
        var folder = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Extensibility", "Ssh");
        var lines = Sources().Where(f => !f.StartsWith(folder, StringComparison.Ordinal)).SelectMany(File.ReadLines).Where(l => TypeName().IsMatch(l));
        Assert.Contains("AnalyzerOptions WithModule = new() { Modules = [new ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_the_library_mentions_it()
    {
        // These name the protocol for what they do themselves: plain text on a TLS port, its words in a redacted capture, ports whose servers speak first,
        // secrets in pcapng, an example that reads a capture from another machine.
        string[] own = ["Cleartext.cs", "CleartextFacts.cs", "TextMask.cs", "ServicePorts.cs", "DecryptionSecretsBlock.cs", "RedactCommand.cs"];
        var library = Checkout.PathOf("src");
        var others = Sources().Where(f => f.StartsWith(library, StringComparison.Ordinal) && !own.Contains(Path.GetFileName(f)));
        Assert.DoesNotContain(others, f => File.ReadLines(f).Any(Word().IsMatch));
    }

    private static DiagnosedConnection Read(string script, AnalyzerOptions? options = null) => Assert.Single(Reading.Of(Capture(script), options ?? WithModule).Connections);

    private static byte[] Capture(string script) => ScriptedCapture.Of(ScriptedCapture.Lines(script), 22);

    private static string Render(string form, string script, TerminalStyle? terminal = null, bool isTimeline = false)
    {
        var request = new OutputRequest { Terminal = terminal ?? new TerminalStyle(), IsTimeline = isTimeline };
        using var stream = new MemoryStream();
        Assert.Single(OutputCatalog.Named(form)!.Render([Read(script)], request).Files)(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<string> Sources()
    {
        foreach (var root in (string[])["src", "tests"])
        {
            foreach (var file in Directory.EnumerateFiles(Checkout.PathOf(root), "*.cs", SearchOption.AllDirectories))
            {
                if (!BuildFolder().IsMatch(file)) yield return file;
            }
        }
    }

    [GeneratedRegex(@"\bSsh[A-Z.]")]
    private static partial Regex TypeName();

    [GeneratedRegex("(?<![A-Za-z])(?:[Ss]sh|SSH(?![A-Z]))(?![a-z])")]
    private static partial Regex Word();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuildFolder();
}
