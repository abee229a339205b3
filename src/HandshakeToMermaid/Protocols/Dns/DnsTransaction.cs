using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What an answer must share with its question. The name is in lower case: resolvers may change case (0x20), answers echo it.</summary>
internal readonly record struct DnsTransaction(IpEndpoint Client, IpEndpoint Resolver, ushort Id, string Name, DnsRecordType Type);
