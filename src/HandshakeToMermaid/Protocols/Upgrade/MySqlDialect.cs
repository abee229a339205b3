using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises MySQL by its server's greeting: a packet numbered 0, protocol version 10, a version that begins with a digit.</summary>
internal sealed class MySqlDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Server;
        if (start.Length > 1 && start[1] > 1) return ProbeVerdict.NotForUs;
        if (start.Length > 2 && start[2] != 0) return ProbeVerdict.NotForUs;
        if (start.Length > 3 && start[3] != 0) return ProbeVerdict.NotForUs;
        if (start.Length > 4 && start[4] != MySqlExchange.ProtocolVersion) return ProbeVerdict.NotForUs;
        if (start.Length > 5 && !char.IsAsciiDigit((char)start[5])) return ProbeVerdict.NotForUs;
        if (start.Length < 7) return start.Length > 0 && start[0] < ShortestGreeting ? ProbeVerdict.NotForUs : ProbeVerdict.Unsure;
        var length = start[0] | (start[1] << 8);
        if (length < ShortestGreeting) return ProbeVerdict.NotForUs;
        var end = start[5..].IndexOf((byte)0);
        if (end < 0) return start.Length < length ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        foreach (var letter in start.Slice(5, end))
        {
            if (letter is < 0x20 or > 0x7E) return ProbeVerdict.NotForUs;
        }

        return ProbeVerdict.Certain;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new MySqlExchange();

    private const int ShortestGreeting = 20;
}
