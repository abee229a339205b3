namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>NNTP (RFC 4642): STARTTLS, answered by 382.</summary>
internal sealed class NntpExchange() : CodedExchange("nntp", "NNTP", "STARTTLS", 382)
{
    protected override bool Asks(ReadOnlySpan<byte> line) => IsCommand(line, "STARTTLS"u8);

    protected override UpgradeMessage Other(ReadOnlySpan<byte> line) => IsCommand(line, "CAPABILITIES"u8) ? new UpgradeMessage(UpgradeTransition.Said, "CAPABILITIES") : default;

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        // Unlike FTP's, a reply that begins with 1 is the only one to its command (RFC 3977 section 3.2.1).
        if (line.Length < 3 || line[0] != '1' || line[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return base.Reply(line);
        Answered();
        return default;
    }

    protected override void ReadOffer(ReadOnlySpan<byte> line)
    {
    }
}
