namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>SMTP and message submission (RFC 3207); LMTP speaks alike.</summary>
internal sealed class SmtpExchange() : CodedExchange("smtp", "SMTP", "STARTTLS", 220)
{
    protected override bool Asks(ReadOnlySpan<byte> line) => IsCommand(line, "STARTTLS"u8);

    protected override UpgradeMessage Other(ReadOnlySpan<byte> line)
    {
        if (IsCommand(line, "EHLO"u8) || IsCommand(line, "LHLO"u8))
        {
            Offers = false;
            return new UpgradeMessage(UpgradeTransition.Said, IsCommand(line, "EHLO"u8) ? "EHLO" : "LHLO");
        }

        return IsCommand(line, "HELO"u8) ? new UpgradeMessage(UpgradeTransition.Said, "HELO") : default;
    }

    protected override void ReadOffer(ReadOnlySpan<byte> line)
    {
        if (Offers == false && Holds(line, "STARTTLS"u8)) Offers = true;
    }
}
