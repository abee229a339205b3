namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>FTP (RFC 4217): AUTH TLS on the control connection.</summary>
internal sealed class FtpExchange() : CodedExchange("ftp", "FTP", "AUTH TLS", 234)
{
    protected override bool Asks(ReadOnlySpan<byte> line) => IsCommand(line, "AUTH TLS"u8) || IsCommand(line, "AUTH TLS-C"u8) || IsCommand(line, "AUTH SSL"u8);

    protected override UpgradeMessage Other(ReadOnlySpan<byte> line)
    {
        if (!IsCommand(line, "FEAT"u8)) return default;
        Offers = false;
        return new UpgradeMessage(UpgradeTransition.Said, "FEAT");
    }

    protected override void ReadOffer(ReadOnlySpan<byte> line)
    {
        if (Offers == false && Holds(line, "AUTH"u8) && (Holds(line, "TLS"u8) || Holds(line, "SSL"u8))) Offers = true;
    }
}
