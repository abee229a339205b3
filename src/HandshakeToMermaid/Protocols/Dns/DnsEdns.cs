namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What the OPT record says (RFC 6891 section 6.1).</summary>
/// <param name="UdpPayloadSize">The largest UDP answer that the sender can take, in bytes.</param>
/// <param name="Version">The version of EDNS.</param>
/// <param name="DnssecOk">The DO bit: signatures are wanted.</param>
/// <param name="ExtendedErrors">Extended errors (RFC 8914): "9 DNSKEY Missing: no SEP matching the DS found".</param>
internal sealed record DnsEdns(ushort UdpPayloadSize, byte Version, bool DnssecOk, IReadOnlyList<string> ExtendedErrors);
