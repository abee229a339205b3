using System.Text;
using HandshakeToMermaid.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class DnsRegistriesTests
{
    /// <summary>UPDATE_EXPECTED=1 writes the tables anew.</summary>
    [Theory]
    [InlineData("DnsRecordType")]
    [InlineData("DnsRcode")]
    [InlineData("DnsExtendedError")]
    public void The_generated_tables_are_those_of_the_csv(string type)
    {
        var expected = Generate(type, RegistryCsv.Lines(PathOf(type + ".csv")).Skip(1));
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(PathOf(type + ".g.cs"), expected);

        Assert.Equal(expected, File.ReadAllText(PathOf(type + ".g.cs")));
    }

    [Fact]
    public void Unknown_numbers_are_named_by_number()
    {
        Assert.Equal("HTTPS", DnsRecordType.Https.ToString());
        Assert.Equal("TYPE999", new DnsRecordType(999).ToString());
        Assert.Equal("NXDOMAIN", new DnsRcode(3).ToString());
        Assert.Equal("RCODE12", new DnsRcode(12).ToString());
        Assert.Equal("EDE4711", new DnsExtendedError(4711).ToString());
    }

    private static string Generate(string type, IEnumerable<string> rows)
    {
        var code = new StringBuilder($$"""
            // Generated from {{type}}.csv by the test DnsRegistriesTests; UPDATE_EXPECTED=1 writes it anew.
            #nullable enable

            namespace HandshakeToMermaid.Protocols.Dns;

            internal readonly partial record struct {{type}}
            {
                private static string? NameOf(ushort code) => code switch
                {

            """);
        foreach (var row in rows) code.Append($"        {row.Split(',')[0]} => \"{row.Split(',')[1]}\",\n");
        return code.Append("        _ => null,\n    };\n}\n").ToString();
    }

    private static string PathOf(string file) => Checkout.PathOf("src", "HandshakeToMermaid", "Protocols", "Dns", file);
}
