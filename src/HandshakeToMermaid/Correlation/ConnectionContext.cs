using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>What a flow belongs to, as the correlators knew when it ended.</summary>
/// <param name="ClientDirection">The direction in which its client sends.</param>
/// <param name="Client">The end that opened it.</param>
/// <param name="Server">The end that answered, or should have.</param>
/// <param name="Queries">The DNS queries that are part of the connection; empty where it had none of its own.</param>
/// <param name="Attempts">Other addresses of the same name that were tried first.</param>
internal sealed record ConnectionContext(Direction ClientDirection, Party Client, Party Server, IReadOnlyList<DnsQuery> Queries, IReadOnlyList<Attempt> Attempts);
