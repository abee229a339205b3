using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A protocol that precedes TLS on the same connection: a mail protocol's STARTTLS, a proxy's CONNECT. A new one is a file and a line in its catalog.</summary>
internal interface IUpgradeDialect
{
    /// <summary>Recognises the protocol and the sender from the first bytes of one direction. Must accept any bytes.</summary>
    ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker);

    /// <summary>Begins to follow a session.</summary>
    UpgradeExchange Begin();
}
