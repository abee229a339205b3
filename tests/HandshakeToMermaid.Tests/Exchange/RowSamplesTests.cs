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
using HandshakeToMermaid.Tests.Builders;
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
    public void The_rows_of_a_sample_draw_what_its_capture_draws(string name) => Verify(Reading.OfSample(name));

    /// <summary>A tunnel of an HTTP proxy that asks for credentials first, a refusal, SOCKS 5, and the addresses that a proxy sends ahead.</summary>
    [Theory]
    [InlineData(8080, "C 'CONNECT www.example.com:443 HTTP/1.1\r\n\r\n'; +2ms; S 'HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n'; C 'CONNECT www.example.com:443 HTTP/1.1\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n'; +9ms; S 'HTTP/1.1 200 OK\r\n\r\n'; C hello; +20ms; S ACK")]
    [InlineData(8080, "C 'CONNECT www.example.com:443 HTTP/1.1\r\n\r\n'; +5ms; S 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'; C ACK; C FIN; S FIN; C ACK")]
    [InlineData(1080, "C hex:050100; +1ms; S hex:0500; C hex:050100030B6F6E652E6578616D706C6501BB; +7ms; S hex:05000001000000000000; C hello; +20ms; S ACK")]
    [InlineData(443, "C 'PROXY TCP4 192.0.2.77 198.51.100.7 4711 443\r\n'; C hello; +20ms; S ACK")]
    public void The_rows_of_a_connection_through_a_proxy_draw_what_its_capture_draws(int port, string script)
    {
        var hello = $"hex:{Convert.ToHexString(TlsBytes.Handshake(TlsBytes.ClientHello13("www.example.com")))}";
        var text = ScriptedCapture.Opened + ScriptedCapture.Lines(script.Replace("hello", hello, StringComparison.Ordinal));
        var captured = Reading.Of(ScriptedCapture.Of(text, (ushort)port)).Connections;
        Assert.Contains(captured[0].Connection.Facts, f => f.JsonKey == "proxy");
        Verify(captured);
        using var redactor = new Redactor(new RedactionOptions());
        Verify(captured.ConvertAll(redactor.Redact));
    }

    private static void Verify(List<DiagnosedConnection> captured)
    {
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
