namespace HandshakeToMermaid.Packets;

/// <summary>An ICMP or ICMPv6 error message (RFC 792, RFC 4443), by its numbers.</summary>
/// <param name="IsIpv6">True for ICMPv6.</param>
/// <param name="Type">The message type.</param>
/// <param name="Code">The code within the type.</param>
/// <param name="NextHopMtu">The MTU that a "fragmentation needed" or "packet too big" names, in bytes; 0 elsewhere.</param>
public readonly record struct IcmpError(bool IsIpv6, byte Type, byte Code, uint NextHopMtu);
