
namespace HandshakeToMermaid.Packets.Network;

/// <summary>What the fragments of one datagram have in common (RFC 791 section 3.2, RFC 8200 section 4.5).</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Destination">Whom it was sent to.</param>
/// <param name="Identification">16 bits for IPv4, 32 for IPv6.</param>
/// <param name="Protocol">IPv4's protocol; 0 for IPv6, where only the first fragment's next header counts.</param>
/// <param name="Encapsulation">What it was wrapped in; null for nothing.</param>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Identification, byte Protocol, EncapsulationPath? Encapsulation);
