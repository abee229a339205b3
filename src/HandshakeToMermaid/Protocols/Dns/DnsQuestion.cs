namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A question (RFC 1035 section 4.1.2).</summary>
/// <param name="Name">The name, see <see cref="DnsName"/>.</param>
/// <param name="Type">The record type in question.</param>
/// <param name="Class">The class, 1 for the Internet; multicast DNS uses the highest bit for other things.</param>
internal sealed record DnsQuestion(string Name, DnsRecordType Type, ushort Class);
