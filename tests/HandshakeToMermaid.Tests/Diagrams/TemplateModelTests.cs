using System.Collections;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>templates/README.md tells every field that a template sees, and none that it does not.</summary>
public sealed partial class TemplateModelTests
{
    [Fact]
    public void Every_field_of_a_diagram_is_documented_and_every_documented_one_exists()
    {
        var fields = new HashSet<string>();
        foreach (var name in Gallery.Names)
            Walk(MermaidRenderer.ModelOf(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read(name)), new MermaidProfile()), "", fields);
        Walk(MermaidRenderer.ModelOf(HostileDiagram.Of("x"), new MermaidProfile()), "", fields);
        Walk(MermaidRenderer.ModelOf(new DiagramBuilder(new DiagramOptions(Title: "x")).Build(Gallery.Read("tls13-success")), new MermaidProfile()), "", fields);
        Compare("A diagram", fields);
    }

    [Fact]
    public void Every_field_of_a_timeline_is_documented_and_every_documented_one_exists()
    {
        var fields = new HashSet<string>();
        Walk(TimelineDrawing.ModelOf(Gallery.Read("tls13-success"), 1, new DiagramOptions()), "", fields);
        Compare("A timeline", fields);
    }

    [Fact]
    public void Every_field_of_a_report_is_documented_and_every_documented_one_exists()
    {
        var connections = Gallery.Names.SelectMany(name => Gallery.Read(name)).Concat(Reading.Of(ManyConnections.Pcap(20, 5, snapLength: 100)).Connections).ToList();
        // A finding and cut frames stand for all that rules may say, so that the model is walked whole.
        connections[0] = connections[0] with { Findings = [new("code", default, default, "title", "cause", "fix", ["alias"], [1], "RFC 8446")] };
        var report = new Report(connections, new OutputRequest(), 60, 300, showsSteps: true);
        var fields = new HashSet<string>();
        Walk(new ReportModel(report, new HtmlText()).Root(("svg_style", ""), ("script", ""), ("script_hash", "")), "", fields);
        Compare("A report", fields);
    }

    private static void Compare(string section, HashSet<string> fields)
    {
        var readme = File.ReadAllText(Checkout.PathOf("templates", "README.md")).ReplaceLineEndings("\n");
        var text = readme.Split($"### {section}\n")[1].Split("\n##")[0];
        var documented = Row().Matches(text).Select(m => m.Groups["field"].Value).ToHashSet();
        Assert.Equal("", string.Join(", ", fields.Except(documented).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join(", ", documented.Except(fields).Order(StringComparer.Ordinal)));
    }

    /// <summary>Collects the paths of all values; what is documented elsewhere is not entered.</summary>
    private static void Walk(object? value, string path, HashSet<string> fields)
    {
        if (path is "rows[].connection" or "raw")
        {
            fields.Add(path);
            return;
        }
        switch (value)
        {
            case IScriptObject members:
                foreach (var name in members.MemberNames)
                {
                    members.TryGetMember(name, out var member);
                    Walk(member, path.Length == 0 ? name : $"{path}.{name}", fields);
                }
                break;
            case IEnumerable list and not string:
                foreach (var item in list) Walk(item, $"{path}[]", fields);
                break;
            case null when Optional.Contains(path):
                break;
            default:
                fields.Add(path);
                break;
        }
    }

    /// <summary>Objects that may be missing; where they are not, their members are met.</summary>
    private static readonly string[] Optional = ["caption", "parts[].heading", "parts[].opening", "parts[].closing", "parts[].bands[].header", "overview"];

    [GeneratedRegex(@"^\| `(?<field>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
