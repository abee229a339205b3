namespace HandshakeToMermaid.Packets;

/// <summary>An address and a port; a link-layer address has none, and 0 stands for it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct IpEndpoint(IpAddress Address, ushort Port)
{
    /// <summary>Spreads ports over the high bits, where <see cref="IpAddress.GetHashCode"/> is thinnest.</summary>
    public override int GetHashCode() => Address.GetHashCode() ^ (Port * 0x0101_0001);

    /// <summary>As people write it: 192.0.2.1:443, [2001:db8::1]:443; a link-layer address alone.</summary>
    public override string ToString() => Address.IsLinkLayer ? Address.ToString() : Address.IsIpv4 ? $"{Address}:{Port}" : $"[{Address}]:{Port}";
}
