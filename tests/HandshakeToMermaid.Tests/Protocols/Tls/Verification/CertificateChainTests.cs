using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Verification;

/// <summary>Chains walked as they were sent.</summary>
public sealed class CertificateChainTests : IDisposable
{
    private readonly CertificateMint root;
    private readonly CertificateMint issuing;
    private readonly CertificateMint leaf;

    public CertificateChainTests()
    {
        root = CertificateMint.Authority("Root");
        issuing = CertificateMint.Authority("Issuing", root);
        leaf = CertificateMint.Leaf(issuing);
    }

    [Fact]
    public void A_chain_in_order_ends_at_the_root_that_was_rightly_not_sent()
    {
        var chain = Walk(leaf, issuing);
        Assert.True(chain.IsInOrder);
        Assert.Equal("CN=Root", chain.MissingIssuer);
        Assert.Equal(2, chain.Path.Count);
        Assert.Empty(chain.Faults);
        Assert.Null(chain.NeedlessRoot);
    }

    [Fact]
    public void A_gap_is_named_by_the_issuer_that_is_missing()
    {
        var chain = Walk(leaf, root);
        Assert.Equal("Issuing", chain.MissingIssuerName);
        Assert.Single(chain.Path);
    }

    [Fact]
    public void Another_order_leads_up_all_the_same_and_is_told()
    {
        var chain = Walk(leaf, root, issuing);
        Assert.False(chain.IsInOrder);
        Assert.Equal(3, chain.Path.Count);
    }

    [Fact]
    public void A_root_sent_along_is_needless() => Assert.Equal("CN=Root", Walk(leaf, issuing, root).NeedlessRoot?.Subject);

    [Fact]
    public void A_chain_is_trusted_by_the_authority_it_leads_to_even_where_the_server_sent_a_hole()
    {
        Assert.Equal(ChainTrust.Trusted, CertificateChain.Walk([leaf.Read(), issuing.Read()], true, TrustAnchors.Of([root.Read()])).Trust);
        Assert.Equal(ChainTrust.Trusted, CertificateChain.Walk([leaf.Read()], true, TrustAnchors.Of([issuing.Read()])).Trust);
        Assert.Equal(ChainTrust.NotTrusted, CertificateChain.Walk([leaf.Read()], true, TrustAnchors.Of([root.Read()])).Trust);
        Assert.Equal(ChainTrust.NotAsked, Walk(leaf, issuing).Trust);
    }

    [Fact]
    public void An_authority_of_the_same_name_with_another_key_is_not_believed()
    {
        using var impostor = CertificateMint.Authority("Root");
        Assert.Equal(ChainTrust.NotTrusted, CertificateChain.Walk([leaf.Read(), issuing.Read()], true, TrustAnchors.Of([impostor.Read()])).Trust);
        Assert.Contains(Walk(leaf, issuing, impostor).Faults, f => f.Kind == ChainFaultKind.BadSignature);
    }

    [Fact]
    public void An_issuer_that_is_no_authority_is_a_fault()
    {
        using var plain = CertificateMint.Authority("Plain", root, isAuthority: false);
        using var below = CertificateMint.Leaf(plain);
        Assert.Contains(Walk(below, plain).Faults, f => f.Kind == ChainFaultKind.NotAnAuthority);
    }

    [Fact]
    public void A_path_length_counts_the_authorities_below()
    {
        using var narrow = CertificateMint.Authority("Narrow", root, pathLength: 0);
        using var between = CertificateMint.Authority("Between", narrow);
        using var direct = CertificateMint.Leaf(narrow);
        using var deeper = CertificateMint.Leaf(between);
        Assert.Empty(Walk(direct, narrow).Faults);
        Assert.Contains(Walk(deeper, between, narrow).Faults, f => f.Kind == ChainFaultKind.PathTooLong);
    }

    [Theory]
    [InlineData("example", false)]
    [InlineData("one.example", false)]
    [InlineData(".example", false)]
    [InlineData(".one.example", true)]
    [InlineData("ne.example", true)]
    [InlineData("other", true)]
    public void A_name_constraint_is_held_by_whole_labels(string permitted, bool isBroken)
    {
        using var bound = CertificateMint.Authority("Bound", root, more: r => r.CertificateExtensions.Add(CertificateMint.PermittedDomain(permitted)));
        using var below = CertificateMint.Leaf(bound);
        Assert.Equal(isBroken, Walk(below, bound).Faults.Any(f => f.Kind == ChainFaultKind.NameNotPermitted));
    }

    [Fact]
    public void Random_bytes_in_a_chain_never_throw()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var changed = leaf.Der.ToArray();
            for (var i = 0; i < 6; i++) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var noise = new byte[random.Next(64)];
            random.NextBytes(noise);
            CertificateChain.Walk([Certificate.Read(changed), issuing.Read(), Certificate.Read(noise)], true, TrustAnchors.Of([root.Read(), Certificate.Read(changed)]));
        }
    }

    [Fact]
    public void A_bundle_in_PEM_is_read_whole_and_what_is_none_is_empty()
    {
        var pem = System.Text.Encoding.ASCII.GetBytes(
            $"# roots\n{new string(System.Security.Cryptography.PemEncoding.Write("CERTIFICATE", root.Der))}\n{new string(System.Security.Cryptography.PemEncoding.Write("CERTIFICATE", issuing.Der))}\n");
        Assert.Equal(["CN=Root", "CN=Issuing"], TrustAnchors.Read(pem).Certificates.Select(c => c.Subject));
        Assert.Single(TrustAnchors.Read(root.Der).Certificates);
        Assert.Empty(TrustAnchors.Read("no certificate"u8).Certificates);
    }

    [Theory]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("sha256/AAAA", false)]
    [InlineData("sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("", false)]
    public void A_pin_is_the_hash_of_a_key(string text, bool isPin) => Assert.Equal(isPin, CertificatePin.Parse(text) is not null);

    /// <inheritdoc/>
    public void Dispose()
    {
        leaf.Dispose();
        issuing.Dispose();
        root.Dispose();
    }

    private static CertificateChain Walk(params CertificateMint[] sent) => CertificateChain.Walk([.. sent.Select(c => c.Read())], isServer: true);
}
