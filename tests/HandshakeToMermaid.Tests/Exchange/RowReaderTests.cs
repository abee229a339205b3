using System.Text;
using System.Text.Json.Nodes;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Exchange;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Exchange;

/// <summary>Rows come from other hosts: what is no row is named with its line, and what stood before it is drawn.</summary>
public sealed class RowReaderTests
{
    private static readonly string Row = Encoding.UTF8.GetString(RowSamplesTests.LinesOf(Reading.OfSample("tls12-success"))).TrimEnd('\n');

    [Theory]
    [InlineData("{\"schema\":", "line 3: the text ends inside this row.")]
    [InlineData("no JSON", "line 3: this is no JSON object.")]
    [InlineData("{]}", "line 3: this is no JSON, or is nested deeper than 32 levels.")]
    [InlineData("{}", "line 3: the row has no schema: it was not written by 'h2m list --json'.")]
    [InlineData("{\"schema\":7}", "line 3: schema is not a text.")]
    [InlineData("{\"schema\":\"handshake-to-mermaid/2\"}", "line 3: the row's schema is not handshake-to-mermaid/1, which this version reads.")]
    [InlineData("{\"schema\":\"handshake-to-mermaid/1\"}", "line 3: the row does not hold what is drawn: 'h2m list --json --drawable' writes it.")]
    public void What_is_no_row_is_named_with_its_line(string text, string sentence)
    {
        var (rows, fault) = Read($"{Row}\n{Row}\n{text}\n{Row}\n");
        Assert.Equal(2, rows.Count);
        Assert.StartsWith($"rows, {sentence}"[..^1], fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tunnels\":[{\"\u0084\":\"\"}]", "tunnels[0].type is missing.")]
    [InlineData("\"tunnels\":[{\"\\ud800 \\ud800\":\"\"}]", "a name of tunnels[0] is not Unicode.")]
    public void A_name_that_is_not_Unicode_does_no_harm(string member, string sentence)
    {
        // Latin-1, so that the byte 0x84 is sent as such, which is no UTF-8.
        var (rows, fault) = Read(Encoding.Latin1.GetBytes(Row.Replace("\"dns\":", $"{member},\"dns\":", StringComparison.Ordinal)));
        Assert.Empty(rows);
        Assert.EndsWith(sentence, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired\\u007f")]
    [InlineData("</code><b>")]
    [InlineData("")]
    public void A_code_is_drawn_as_it_is_and_so_must_be_one(string code)
    {
        var expired = Encoding.UTF8.GetString(RowSamplesTests.LinesOf(Reading.OfSample("expired-certificate")));
        var (rows, fault) = Read(expired.Replace("\"certificate-expired\"", $"\"{code}\"", StringComparison.Ordinal));
        Assert.Empty(rows);
        Assert.EndsWith(".code is not a code.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_not_Unicode_is_refused()
    {
        var (rows, fault) = Read(Row.Replace("\"title\":\"", "\"title\":\"\\ud800", StringComparison.Ordinal));
        Assert.Empty(rows);
        Assert.EndsWith(" is not Unicode.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_nested_deeply_is_refused()
    {
        var (rows, fault) = Read($"{Row}\n{{\"a\":{new string('[', 100_000)}{new string(']', 100_000)}}}\n");
        Assert.Single(rows);
        Assert.Equal("rows, line 2: this is no JSON, or is nested deeper than 32 levels.", fault);
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        var (rows, fault) = Read($"{Row}\n{{\"a\":\"{new string('x', AnalyzerLimits.Default.RowBytes)}\"}}\n");
        Assert.Single(rows);
        Assert.Equal("rows, line 2: the row is larger than 4096 KiB.", fault);
    }

    [Fact]
    public void An_array_need_not_end()
    {
        Assert.Null(Read($"\uFEFF[\n{Row},\n{Row}\n]\n").Fault);
        var (rows, fault) = Read($"[\n{Row},\n{Row}\n");
        Assert.Equal(2, rows.Count);
        Assert.Equal("rows, line 4: the array has no end.", fault);
    }

    /// <summary>Each value of a row in turn is one of another kind or out of range: then it is refused, or something is drawn.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("9223372036854775807")]
    [InlineData("\"\"")]
    [InlineData("\"\\u0000\\u202e\\n`<script>|\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("true")]
    public void A_row_with_any_other_value_is_drawn_or_refused(string value)
    {
        foreach (var sample in (string[])["happy-eyeballs", "nxdomain", "expired-certificate", "host-unreachable"])
        {
            var row = Encoding.UTF8.GetString(RowSamplesTests.LinesOf(Reading.OfSample(sample).Take(1)));
            var places = Places(JsonNode.Parse(row)!).Count;
            for (var i = 0; i < places; i++)
            {
                var changed = JsonNode.Parse(row)!;
                var (parent, key) = Places(changed)[i];
                if (parent is JsonObject members) members[(string)key] = JsonNode.Parse(value);
                else parent.AsArray()[(int)key] = JsonNode.Parse(value);
                var (rows, fault) = Read(changed.ToJsonString());
                Assert.True(rows.Count == 1 ? fault is null : fault!.StartsWith("rows, line 1: ", StringComparison.Ordinal), fault);
                if (rows.Count == 0) continue;
                foreach (var form in OutputCatalog.All.Where(f => f.Name != "json"))
                {
                    foreach (var file in form.Render(rows, new OutputRequest()).Files) file(Stream.Null);
                }
            }
        }
    }

    private static List<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        var places = new List<(JsonNode, object)>();
        if (node is JsonObject members)
        {
            // The details of protocols are not read.
            foreach (var (key, value) in members.Where(m => m.Key is not ("tls" or "tcp" or "http" or "quic" or "udp")))
            {
                places.Add((node, key));
                if (value is not null) places.AddRange(Places(value));
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < Math.Min(items.Count, 3); i++)
            {
                places.Add((node, i));
                if (items[i] is { } item) places.AddRange(Places(item));
            }
        }

        return places;
    }

    private static (List<DiagnosedConnection> Rows, string? Fault) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static (List<DiagnosedConnection> Rows, string? Fault) Read(byte[] text)
    {
        var rows = new List<DiagnosedConnection>();
        try
        {
            foreach (var row in new RowReader(AnalyzerLimits.Default).Read(new MemoryStream(text), "rows")) rows.Add(row);
            return (rows, null);
        }
        catch (RowException fault)
        {
            return (rows, fault.Message);
        }
    }
}
