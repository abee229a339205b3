using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>One way to speak before TLS on the same connection: a mail protocol's STARTTLS, a proxy's CONNECT. A new one is a file and a line in its catalog.</summary>
internal interface IUpgradeDialect
{
    /// <summary>Judges the first bytes of one direction, and says whose they are. Must bear any bytes.</summary>
    ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker);

    /// <summary>Begins to follow a conversation.</summary>
    UpgradeExchange Begin();
}
