using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises ManageSieve by the capabilities that the server begins with.</summary>
internal sealed class SieveDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Server;
        return TextExchange.Begins(start, "\"IMPLEMENTATION\" "u8);
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new SieveExchange();
}
