namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>One pre-shared key that a client offers (RFC 8446 section 4.2.11).</summary>
/// <param name="Identity">Its label: usually a ticket.</param>
/// <param name="ObfuscatedTicketAge">The ticket's age in milliseconds plus the ticket's secret offset, modulo 2^32.</param>
internal readonly record struct PskIdentity(ReadOnlyMemory<byte> Identity, uint ObfuscatedTicketAge);
