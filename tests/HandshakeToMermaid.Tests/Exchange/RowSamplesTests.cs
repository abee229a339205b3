using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Exchange;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Samples;

namespace HandshakeToMermaid.Tests.Exchange;

/// <summary>What is drawn of rows is what was drawn of the capture, byte for byte.</summary>
public sealed class RowSamplesTests
{
    public static TheoryData<string> Samples => SamplesTests.Samples;

    /// <summary>HTML apart: its page has a table of everything that was read, and rows hold what is drawn at normal detail.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void The_rows_of_a_sample_draw_what_its_capture_draws(string name)
    {
        var captured = Reading.OfSample(name);
        var lines = Drawn(LinesOf(captured));
        var array = Drawn(new JsonOutput().Render(captured, new OutputRequest { IsDrawable = true }));
        foreach (var form in OutputCatalog.All.Where(f => f.Name is not ("json" or "html")))
        {
            foreach (var request in Requests)
            {
                var expected = TextOf(form.Render(captured, request));
                Assert.Equal(expected, TextOf(form.Render(lines, request)));
                Assert.Equal(expected, TextOf(form.Render(array, request)));
                for (var i = 0; i < captured.Count; i++) Assert.Equal(TextOf(form.Render([captured[i]], request)), TextOf(form.Render([lines[i]], request)));
            }
        }
    }

    [Theory]
    [InlineData("expired-certificate")]
    [InlineData("happy-eyeballs")]
    [InlineData("starttls-smtp")]
    public void Redacted_rows_draw_redacted_diagrams(string name)
    {
        using var redactor = new Redactor(new RedactionOptions());
        var redacted = Reading.OfSample(name).ConvertAll(c => redactor.Redact(c));
        var form = OutputCatalog.All[0];
        Assert.Equal(TextOf(form.Render(redacted, new OutputRequest())), TextOf(form.Render(Drawn(LinesOf(redacted)), new OutputRequest())));
    }

    /// <summary>The rows as <c>h2m list --json --drawable</c> writes them.</summary>
    internal static byte[] LinesOf(IEnumerable<DiagnosedConnection> connections)
    {
        using var text = new MemoryStream();
        foreach (var connection in connections)
        {
            using (var json = new Utf8JsonWriter(text, VisibleJsonEncoder.Options(isIndented: false))) ConnectionJson.Write(json, connection, isDrawable: true);
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    private static List<DiagnosedConnection> Drawn(byte[] text) => [.. new RowReader(AnalyzerLimits.Default).Read(new MemoryStream(text), "rows")];

    private static List<DiagnosedConnection> Drawn(RenderResult json) => Drawn(Encoding.UTF8.GetBytes(TextOf(json)));

    private static string TextOf(RenderResult result)
    {
        using var text = new MemoryStream();
        foreach (var file in result.Files) file(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static readonly OutputRequest[] Requests =
    [
        new(),
        new() { Picture = new DiagramOptions(Detail.Brief) },
        new() { Picture = new DiagramOptions(Time: TimeStyle.Absolute, Explain: true) },
        new() { Picture = new DiagramOptions(Time: TimeStyle.Relative), Host = PageHost.GitHub },
    ];
}
