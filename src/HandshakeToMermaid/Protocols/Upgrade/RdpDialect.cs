using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises RDP by its client's X.224 connection request with a negotiation behind it.</summary>
internal sealed class RdpDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        if (start[0] != 3 || (start.Length > 1 && start[1] != 0)) return ProbeVerdict.NotForUs;
        if (start.Length < 6) return ProbeVerdict.Unsure;
        var length = (start[2] << 8) | start[3];
        if (start[5] != RdpExchange.ConnectionRequest || length is < 19 or > 1024 || start[4] != length - 5) return ProbeVerdict.NotForUs;
        if (start.Length < length) return ProbeVerdict.Unsure;
        return start[length - 8] == 1 && start[length - 6] == 8 && start[length - 5] == 0 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new RdpExchange();
}
