using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>What stands for what.</summary>
public sealed class PseudonymsTests
{
    [Theory]
    [InlineData("www.example.com", "host-1.example-1.com")]
    [InlineData("*.example.com", "*.example-1.com")]
    [InlineData("a.b.corp.co.uk", "host-1.host-2.example-1.co.uk")]
    [InlineData("db.internal", "example-1.internal")]
    [InlineData("db.prod.acme", "host-1.host-2.zone-1")]
    [InlineData("printer", "host-1")]
    [InlineData("_443._tcp.www.example.com", "_443._tcp.host-1.example-1.com")]
    [InlineData("www.example.com:8443", "host-1.example-1.com:8443")]
    [InlineData("4.3.2.10.in-addr.arpa", "1.2.0.192.in-addr.arpa")]
    [InlineData("localhost", "localhost")]
    public void A_name_keeps_its_structure(string name, string expected)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        Assert.Equal(expected, pseudonyms.Of(new Original(OriginalKind.Name, name)));
    }

    [Fact]
    public void One_domain_has_one_pseudonym_whatever_its_case()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        Assert.Equal("host-1.example-1.com", Name("www.example.com"));
        Assert.Equal("host-2.example-1.com", Name("shop.EXAMPLE.com"));
        Assert.Equal("host-1.example-2.net", Name("www.example.net").Replace("host-3", "host-1", StringComparison.Ordinal));
        Assert.Equal("host-1.example-1.com", Name("WWW.example.com"));

        string Name(string name) => pseudonyms.Of(new Original(OriginalKind.Name, name));
    }

    [Fact]
    public void With_a_key_labels_keep_their_lengths_and_runs_agree()
    {
        var (first, second) = (Once("mail.example.com"), Once("mail.example.com"));
        Assert.Equal(first, second);
        Assert.Matches(@"\A[a-z][a-z2-9]{3}\.[a-z][a-z2-9]{6}\.com\z", first);

        static string Once(string name)
        {
            using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = new byte[32] });
            pseudonyms.Of(new Original(OriginalKind.Name, "other.example.org"));
            return pseudonyms.Of(new Original(OriginalKind.Name, name));
        }
    }

    [Theory]
    [InlineData(nameof(OriginalKind.Address), "10.1.2.3", "192.0.2.1")]
    [InlineData(nameof(OriginalKind.Address), "fd00::1", "2001:db8::1")]
    [InlineData(nameof(OriginalKind.Address), "192.0.2.7", "198.18.0.1")]
    [InlineData(nameof(OriginalKind.Address), "127.0.0.53", "127.0.0.53")]
    [InlineData(nameof(OriginalKind.Subject), "CN=www.example.com, O=Acme\\, Inc., C=DE", "CN=host-1.example-1.com, O=Organization 1, C=ZZ")]
    [InlineData(nameof(OriginalKind.Authority), "CN=R11, O=Let's Encrypt, C=US", "CN=R11, O=Let's Encrypt, C=US")]
    [InlineData(nameof(OriginalKind.Authority), "CN=Acme Root CA", "CN=Common Name 1")]
    [InlineData(nameof(OriginalKind.RequestLine), "GET /invoices/4711?user=bob HTTP/1.1", "GET /path-1 HTTP/1.1")]
    [InlineData(nameof(OriginalKind.RequestLine), "CONNECT db.example.com:443 HTTP/1.1", "CONNECT host-1.example-1.com:443 HTTP/1.1")]
    [InlineData(nameof(OriginalKind.StatusLine), "HTTP/1.1 404 Not Found", "HTTP/1.1 404 Not Found")]
    [InlineData(nameof(OriginalKind.StatusLine), "HTTP/1.1 500 db1 is down", "HTTP/1.1 500")]
    [InlineData(nameof(OriginalKind.FreeText), "mail.example.com ESMTP ready", "(28 characters removed)")]
    [InlineData(nameof(OriginalKind.SerialNumber), "0a1b2c3d", "10000001")]
    [InlineData(nameof(OriginalKind.File), "/home/bob/acme/trace.pcapng", "capture-1.pcapng")]
    public void Each_kind_has_pseudonyms_of_its_form(string kind, string original, string expected)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        Assert.Equal(expected, pseudonyms.Of(new Original(Enum.Parse<OriginalKind>(kind), original)));
    }

    [Fact]
    public void A_flood_of_addresses_ends_with_a_sentence()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        var given = new HashSet<IpAddress>();
        var full = Assert.Throws<PseudonymsExhaustedException>(() =>
        {
            for (var i = 0u; i < 200_000; i++) Assert.True(given.Add(pseudonyms.Of(IpAddress.FromIpv4(0x0A00_0001 + i))));
        });
        Assert.Contains("--redact-addresses prefix", full.Message, StringComparison.Ordinal);
        Assert.InRange(given.Count, 131_070, 131_832);
    }

    [Fact]
    public void The_book_has_a_last_page()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions(), new AnalyzerLimits { Pseudonyms = 2 });
        var first = pseudonyms.Of(new Original(OriginalKind.Name, "a.example"));
        pseudonyms.Of(new Original(OriginalKind.Session, "00112233"));
        var full = Assert.Throws<PseudonymsExhaustedException>(() => pseudonyms.Of(new Original(OriginalKind.Session, "44556677")));
        Assert.Contains("at most 2 different values", full.Message, StringComparison.Ordinal);
        Assert.Equal(first, pseudonyms.Of(new Original(OriginalKind.Name, "a.example")));
    }

    [Theory]
    [InlineData("a.", false)]
    [InlineData("a.", true)]
    [InlineData("a:1", false)]
    [InlineData("a@", false)]
    public void A_name_of_many_parts_costs_what_its_length_does(string part, bool isKeyed)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = isKeyed ? new byte[32] : null });
        var name = string.Concat(Enumerable.Repeat(part, 20_000)) + "a";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var other = pseudonyms.Of(new Original(OriginalKind.Name, name));
        var parents = NamePseudonyms.WithParents(name).Count();

        Assert.NotEqual(name, other);
        Assert.Equal(1, parents);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L * name.Length);
    }

    [Theory]
    [InlineData("[2001:db8::7]")]
    [InlineData("[2001:db8::7]:443")]
    [InlineData("admin@[2001:db8::7]:443")]
    public void An_address_in_brackets_has_the_pseudonym_of_the_address(string name)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions());
        var address = pseudonyms.Of(new Original(OriginalKind.Address, "2001:db8::7"));
        var other = pseudonyms.Of(new Original(OriginalKind.Name, name));

        Assert.Contains($"[{address}]", other, StringComparison.Ordinal);
        Assert.Equal(name.EndsWith(":443", StringComparison.Ordinal), other.EndsWith("]:443", StringComparison.Ordinal));
        Assert.DoesNotContain("admin", other, StringComparison.Ordinal);
    }
}
