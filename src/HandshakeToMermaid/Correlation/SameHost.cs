using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Correlation;

/// <summary>Whether two addresses may be one client: it asks its resolver over IPv4 or loopback and connects over IPv6.</summary>
internal static class SameHost
{
    public static bool IsPossible(IpAddress left, IpAddress right)
        => left == right || left.IsIpv4 != right.IsIpv4 || IsLoopback(left) || IsLoopback(right);

    private static bool IsLoopback(IpAddress address)
        => address.IsIpv4 ? (byte)(address.Low >> 24) == 127 : address is { High: 0, Low: 1 };
}
