using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Redaction.Captures;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>SOCKS in a rewritten capture: who was asked for has a pseudonym, credentials are gone, lengths stay.</summary>
public sealed class SocksRewriterTests : IDisposable
{
    private readonly Pseudonyms pseudonyms = new(new RedactionOptions { Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)] });

    /// <inheritdoc/>
    public void Dispose() => pseudonyms.Dispose();

    [Fact]
    public void A_name_behind_credentials_gets_its_pseudonym()
    {
        byte[] said = [5, 1, 2, 1, 5, .. "alice"u8, 6, .. "secret"u8, 5, 1, 0, 3, 16, .. "shop.example.org"u8, 1, 0xBB];
        Assert.True(new SocksRewriter(pseudonyms).TryRewrite(said));
        var pseudonym = pseudonyms.Of(new Original(OriginalKind.Name, "shop.example.org"));
        Assert.Equal([5, 1, 2, 0, 0, .. "xxxxx"u8, 0, .. "xxxxxx"u8, 5, 1, 0, 3, 16, .. Encoding.ASCII.GetBytes(pseudonym), 1, 0xBB], Unmasked(said));
    }

    [Fact]
    public void Addresses_of_requests_and_replies_get_their_pseudonyms()
    {
        var other = pseudonyms.Of(IpAddress.FromBytes([203, 0, 113, 9])).ToIPAddress().GetAddressBytes();
        AssertRewritten([5, 1, 0, 5, 1, 0, 1, 203, 0, 113, 9, 1, 0xBB], [5, 1, 0, 5, 1, 0, 1, .. other, 1, 0xBB]);
        AssertRewritten([5, 2, 1, 0, 5, 0, 0, 1, 203, 0, 113, 9, 4, 0], [5, 2, 1, 0, 5, 0, 0, 1, .. other, 4, 0]);
        AssertRewritten([4, 1, 1, 0xBB, 203, 0, 113, 9, .. "bob"u8, 0], [4, 1, 1, 0xBB, .. other, .. "xxx"u8, 0]);
        AssertRewritten([0, 90, 0, 0, 0, 0, 0, 0], [0, 90, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_name_of_version_4a_gets_its_pseudonym()
    {
        var pseudonym = pseudonyms.Of(new Original(OriginalKind.Name, "shop.example.org"));
        AssertRewritten([4, 1, 1, 0xBB, 0, 0, 0, 1, 0, .. "shop.example.org"u8, 0], [4, 1, 1, 0xBB, 0, 0, 0, 1, 0, .. Encoding.ASCII.GetBytes(pseudonym), 0]);
    }

    [Fact]
    public void What_is_no_SOCKS_is_left_to_others_at_any_length()
    {
        byte[] said = [5, 1, 2, 1, 5, .. "alice"u8, 6, .. "secret"u8, 5, 1, 0, 3, 16, .. "shop.example.org"u8, 1, 0xBB];
        for (var length = 0; length < said.Length; length++)
        {
            var cut = said[..length];
            Assert.False(new SocksRewriter(pseudonyms).TryRewrite(cut));
            Assert.Equal(said[..length], cut);
        }

        Assert.False(new SocksRewriter(pseudonyms).TryRewrite("EHLO client.example\r\n"u8.ToArray()));
    }

    private void AssertRewritten(byte[] said, byte[] expected)
    {
        Assert.True(new SocksRewriter(pseudonyms).TryRewrite(said));
        Assert.Equal(expected, said);
    }

    // The masks of lengths and versions inside credentials are no letters or digits, and stay.
    private static byte[] Unmasked(byte[] said) => [.. said.Select((b, i) => i is 3 or 4 or 10 ? (byte)0 : b)];
}
