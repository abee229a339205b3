using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>A range of addresses in a name constraint (RFC 5280 section 4.2.1.10).</summary>
/// <param name="Address">The address as written.</param>
/// <param name="Mask">The mask, in the same 128-bit form; its bits need not be contiguous.</param>
internal readonly record struct IpSubtree(IpAddress Address, IpAddress Mask)
{
    /// <summary>From the 8 or 32 bytes of an iPAddress constraint; null for another length.</summary>
    public static IpSubtree? FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        8 => new IpSubtree(IpAddress.FromBytes(bytes[..4]), new IpAddress(ulong.MaxValue, IpAddress.FromBytes(bytes[4..]).Low | Upper)),
        32 => new IpSubtree(IpAddress.FromBytes(bytes[..16]), IpAddress.FromBytes(bytes[16..])),
        _ => null,
    };

    /// <summary>True where an address lies in it.</summary>
    public bool Contains(IpAddress address) =>
        ((address.High ^ Address.High) & Mask.High) == 0 && ((address.Low ^ Address.Low) & Mask.Low) == 0;

    /// <summary>10.0.0.0/8; the mask is written out where it is no prefix.</summary>
    public override string ToString()
    {
        var all = new UInt128(Mask.High, Mask.Low);
        var prefix = (int)UInt128.LeadingZeroCount(~all);
        var isIpv4 = Address.IsIpv4 && prefix >= 96;
        if (prefix < 128 && all << prefix != 0) return $"{Address}/{(isIpv4 ? new IpAddress(Address.High, (Address.Low & Upper) | (Mask.Low & ~Upper)) : Mask)}";
        return $"{Address}/{(isIpv4 ? prefix - 96 : prefix)}";
    }

    private const ulong Upper = 0xFFFF_FFFF_0000_0000;
}
