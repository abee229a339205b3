using HandshakeToMermaid.Diagrams.Links;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>An original is found in a finished output in every encoding, and nothing else is taken for one.</summary>
public sealed class LeakSearchTests
{
    private static readonly Original[] Originals =
    [
        new(OriginalKind.Name, "db.acme-corp.com"),
        new(OriginalKind.Name, "bücher.example"),
        new(OriginalKind.Address, "10.20.30.40"),
        new(OriginalKind.Address, "2001:db8:7::5"),
        new(OriginalKind.Session, "00112233445566778899aabbccddeeff"),
        new(OriginalKind.Authority, "O=Acme Widgets"),
        new(OriginalKind.RequestLine, "GET /invoices/4711 HTTP/1.1"),
    ];

    [Theory]
    [InlineData("see DB.Acme-Corp.com.", nameof(OriginalKind.Name))]
    [InlineData("www.db.acme-corp.com", nameof(OriginalKind.Name))]
    [InlineData("db#46;acme-corp#46;com", nameof(OriginalKind.Name))]
    [InlineData("db.acme-<br/>corp.com", nameof(OriginalKind.Name))]
    [InlineData("<tspan>db.acme</tspan><tspan x=\"3\">-corp.com</tspan>", nameof(OriginalKind.Name))]
    [InlineData("db\\u002eacme-corp.com", nameof(OriginalKind.Name))]
    [InlineData("ZGIuYWNtZS1jb3JwLmNvbQ==", nameof(OriginalKind.Name))]
    [InlineData("64622e61636d652d636f72702e636f6d", nameof(OriginalKind.Name))]
    [InlineData("xn--bcher-kva.example", nameof(OriginalKind.Name))]
    [InlineData("10.20.30.40:443", nameof(OriginalKind.Address))]
    [InlineData("40.30.20.10.in-addr.arpa", nameof(OriginalKind.Address))]
    [InlineData("0x 0a:14:1e:28", nameof(OriginalKind.Address))]
    [InlineData("0A141E28", nameof(OriginalKind.Address))]
    [InlineData("[2001:db8:7::5]:443", nameof(OriginalKind.Address))]
    [InlineData("2001:0db8:0007:0000:0000:0000:0000:0005", nameof(OriginalKind.Address))]
    [InlineData("00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff", nameof(OriginalKind.Session))]
    [InlineData("ABEiM0RVZneImaq7zN3u/w==", nameof(OriginalKind.Session))]
    [InlineData("issued by Acme\u00A0Widgets", nameof(OriginalKind.Authority))]
    [InlineData("GET %2Finvoices%2F4711", nameof(OriginalKind.RequestLine))]
    public void A_planted_original_is_found(string output, string kind) => Assert.Equal(kind, Find(output).ToString());

    [Fact]
    public void A_planted_original_is_found_inside_a_link() => Assert.Equal(OriginalKind.Name, Find(MermaidLive.LinkTo("sequenceDiagram\n  participant S as db.acme-corp.com\n")));

    [Theory]
    [InlineData("the client asked for host-1.example-1.com at 192.0.2.1")]
    [InlineData("my-db.acme-corp.community, 110.20.30.40, 10.20.30.401")]
    [InlineData("Acme Widgetsmith")]
    [InlineData("/invoices/47110")]
    public void Nothing_else_is_taken_for_one(string output) => Assert.Null(Find(output));

    [Fact]
    public void A_short_name_is_found_field_by_field()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        var connection = Reading.OfSample("wrong-name")[0].Connection;
        var planted = new Original(OriginalKind.Name, connection.Client.Name ?? "fin");
        Assert.Null(FieldCheck.Find(connection, [planted], pseudonyms));
        Assert.Equal(OriginalKind.Protocol, FieldCheck.Find(connection, [new Original(OriginalKind.Protocol, connection.Steps.SelectMany(s => s.Facts()).First(f => !OwnWords.IsDistinctive(f.Text)).Text)], pseudonyms));
    }

    [Fact]
    public void A_host_called_like_a_word_of_this_program_is_replaced_where_it_is_a_name()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        var vocabulary = new Vocabulary([new Original(OriginalKind.Name, "server")], pseudonyms);
        Assert.Equal("host-1", vocabulary.Field("server"));
        Assert.Equal("the client asked for host-1, the certificate is for host-1, the server closed", vocabulary.Sentence("the client asked for server, the certificate is for server, the server closed"));
        Assert.Equal("The server closed the connection", vocabulary.Text("The server closed the connection"));
    }

    private static OriginalKind? Find(string output)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        return LeakSearch.For(Originals).Find(output, pseudonyms);
    }
}
