using System.Text;
using System.Xml;
using System.Xml.Schema;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Cli.Checking;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Checking;

/// <summary>The reports of <c>h2m check</c> are as their formats say.</summary>
public sealed class CheckReportTests
{
    [Fact]
    public void JUnit_is_as_its_schemas_say()
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Checking", "Schemas", "junit.xsd"));
        var text = Text(new JunitReport());
        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
        }

        Assert.Contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"", text, StringComparison.Ordinal);
        Assert.Contains("<failure type=\"no-findings\" message=\"certificate-expired: The certificate has expired (frame 8), expected no error\" />", text, StringComparison.Ordinal);
        Assert.Contains("<skipped message=\"not decided: ", text, StringComparison.Ordinal);
        using var wrong = XmlReader.Create(new StringReader(text.Replace(" id=\"0\"", "", StringComparison.Ordinal)), settings);
        Assert.Throws<XmlSchemaValidationException>(() =>
        {
            while (wrong.Read())
            {
            }
        });
    }

    [Fact]
    public void Sarif_is_as_its_schema_says()
    {
        var schema = File.ReadAllText(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Checking", "Schemas", "sarif.schema.json"));
        var text = Text(new SarifReport());
        Assert.Equal([], JsonSchemaCheck.Faults(schema, text));
        Assert.NotEmpty(JsonSchemaCheck.Faults(schema, text.Replace("2.1.0\"", "2.2.0\"", StringComparison.Ordinal)));
        Assert.Contains("\"ruleId\": \"no-findings\"", text, StringComparison.Ordinal);
        Assert.Contains("\"frame\": 8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_capture_is_no_command_of_a_workflow()
    {
        var rule = new CheckRule("a,b:c", new Selection(), [new MutualTlsAssertion()]);
        var result = new CheckedAssertion(rule, rule.Assertions[0], AssertionResult.Failed("x\n::error::%", 3));
        var run = new CheckRun([rule], [new CheckedConnection(1, "a.pcap", "s\r\n::stop-commands::", default, [result])]);
        var text = Text(new GitHubReport(), run);
        Assert.StartsWith("::error file=a.pcap,title=a%2Cb%3Ac%3A require-mtls::Connection 1 to s", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd('\n').Split('\n', '\r'));
    }

    [Fact]
    public void Json_and_text_say_what_was_found()
    {
        Assert.Equal(
            "✗ 1 www.example.com: no-findings: certificate-expired: The certificate has expired (frame 8), expected no error\n1 connection: 1 passed, 1 failed, 1 not decided\n",
            Text(new TextReport()));
        using var json = System.Text.Json.JsonDocument.Parse(Text(new JsonReport()));
        var failed = json.RootElement.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("verdict").GetString() == "failed");
        Assert.Equal((1, "no-findings", 8), (failed.GetProperty("connection").GetInt32(), failed.GetProperty("assertion").GetString(), failed.GetProperty("frame").GetInt32()));
    }

    /// <summary>A run with a passed, a failed and an undecided assertion.</summary>
    private static CheckRun Run()
    {
        var rule = new CheckRule(null, new Selection(), [MinVersionAssertion.Parse("1.2")!, NoFindingsAssertion.Parse("error")!, new MaxTlsTimeAssertion(100)]);
        return new CheckRun([rule], [.. Reading.OfSample("expired-certificate").Select((c, at) => new CheckRow([.. rule.Judge(c)], c, isDrawn: false).Under(at + 1))]);
    }

    private static string Text(ICheckReport report, CheckRun? run = null)
    {
        using var memory = new MemoryStream();
        report.Write(run ?? Run(), memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
