using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What makes a question the same one as an earlier one: not its id or port, which clients change when they ask again.</summary>
internal readonly record struct WaitingQuestion(IpAddress Client, IpEndpoint Resolver, string Name, DnsRecordType Type, EncapsulationPath? Encapsulation)
{
    private readonly int hash = HashCode.Combine(Client, Resolver, Name, Type);

    /// <summary>Of a question that is looked up several times.</summary>
    public override int GetHashCode() => hash;
}
