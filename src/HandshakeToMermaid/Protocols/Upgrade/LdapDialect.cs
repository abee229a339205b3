using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises LDAP by a client that begins with StartTLS, as clients that use it do (RFC 4513 section 3.1.1 allows nothing unfinished before it).</summary>
internal sealed class LdapDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        if (start[0] != 0x30) return ProbeVerdict.NotForUs;
        if (start.Length < Longest && start.IndexOf((byte)0x77) < 0) return start.Length < 2 || flow.Responder.Port is 389 or 3268 ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        var at = start[..Math.Min(start.Length, Longest)].IndexOf(LdapExchange.StartTls);
        if (at > 0) return ProbeVerdict.Certain;
        return start.Length < Longest ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new LdapExchange();

    private const int Longest = 48;
}
