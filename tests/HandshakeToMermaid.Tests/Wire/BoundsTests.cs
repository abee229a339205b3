using System.Net;
using System.Security.Cryptography;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>Room on the stack, and reads without checks, at their bounds and around them.</summary>
public class BoundsTests
{
    [Fact]
    public void A_hash_reads_no_byte_behind_its_span()
    {
        var bytes = new byte[700];
        for (var length = 0; length < 600; length++)
        {
            var before = SpanHash.Of(bytes.AsSpan(50, length), 7);
            bytes.AsSpan(50 + length).Fill(0xFF);
            bytes.AsSpan(0, 50).Fill(0xFF);
            Assert.Equal(before, SpanHash.Of(bytes.AsSpan(50, length), 7));
            bytes.AsSpan().Clear();
        }
    }

    [Theory]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    public void The_longest_address_has_room(string address)
    {
        var parsed = IpAddress.FromBytes(IPAddress.Parse(address).GetAddressBytes());
        Assert.Equal((address, address), (parsed.ToString(), parsed.ToIPAddress().ToString()));
    }

    [Theory]
    [InlineData(0x0301)]
    [InlineData(0x0303)]
    public void Keys_of_any_length_begin_alike(int version)
    {
        var seed = new byte[600];
        var longest = new byte[600];
        Prf.Expand((ushort)version, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, longest);
        foreach (var length in (int[])[1, 47, 511, 512, 513, 600])
        {
            var output = new byte[length];
            Prf.Expand((ushort)version, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, output);
            Assert.Equal(longest[..length], output);
        }
    }

    [Theory]
    [InlineData(512 - 48 - 5 - 1)]
    [InlineData(512 - 48 - 5)]
    [InlineData(512 - 48 - 5 + 1)]
    public void A_seed_at_the_edge_of_the_stack_is_used_whole(int length)
    {
        var (one, other) = (new byte[48], new byte[48]);
        var seed = new byte[length];
        Prf.Expand(0x0303, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, one);
        seed[^1] = 1;
        Prf.Expand(0x0303, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, other);
        Assert.NotEqual(one, other);
    }
}
