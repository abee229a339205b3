using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>Every code of the errors, as the registries "ICMP Type Numbers" and "ICMPv6 Parameters" of IANA name them.</summary>
public sealed class IcmpErrorTests
{
    [Theory]
    [InlineData(3, "network unreachable", "host unreachable", "protocol unreachable", "port unreachable", "packet too big", "source route failed", "network unknown", "host unknown", "source host isolated", "network administratively prohibited", "host administratively prohibited", "network unreachable for type of service", "host unreachable for type of service", "communication administratively prohibited", "host precedence violation", "precedence cutoff in effect", "destination unreachable, code 16")]
    [InlineData(11, "time to live exceeded in transit", "fragment reassembly time exceeded", "time exceeded, code 2")]
    [InlineData(12, "parameter problem", "required option missing", "bad length", "parameter problem, code 3")]
    [InlineData(5, "ICMP type 5, code 0")]
    public void Each_code_of_ICMP_has_its_name(byte type, params string[] names) => AssertNames(isIpv6: false, type, names);

    [Theory]
    [InlineData(1, "no route to destination", "communication administratively prohibited", "beyond scope of source address", "address unreachable", "port unreachable", "source address failed policy", "reject route to destination", "error in source routing header", "headers too long", "destination unreachable, code 9")]
    [InlineData(2, "packet too big", "packet too big")]
    [InlineData(3, "hop limit exceeded in transit", "fragment reassembly time exceeded", "time exceeded, code 2")]
    [InlineData(4, "erroneous header field", "unrecognized next header", "unrecognized IPv6 option", "first fragment has an incomplete header chain", "parameter problem, code 4")]
    [InlineData(11, "ICMPv6 type 11, code 0")]
    public void Each_code_of_ICMPv6_has_its_name(byte type, params string[] names) => AssertNames(isIpv6: true, type, names);

    [Fact]
    public void What_was_too_big_is_told_by_type_and_in_IPv4_by_code()
    {
        Assert.Equal("packet too big, MTU 1400", new IcmpError(false, 3, 4, 1400).ToString());
        Assert.Equal("packet too big, MTU 1280", new IcmpError(true, 2, 0, 1280).ToString());
        Assert.False(new IcmpError(false, 2, 4, 0).IsPacketTooBig);
        Assert.False(new IcmpError(true, 3, 4, 0).IsPacketTooBig);
    }

    private static void AssertNames(bool isIpv6, byte type, string[] names) =>
        Assert.Equal(names, names.Select((_, code) => new IcmpError(isIpv6, type, (byte)code, 0).ToString()));
}
