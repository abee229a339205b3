using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What an answer shares with its message, whatever it answers (RFC 1035 section 4.1.1).</summary>
internal readonly record struct DnsTransaction(IpEndpoint Client, IpEndpoint Resolver, ushort Id)
{
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Client, Resolver, Id);
}
