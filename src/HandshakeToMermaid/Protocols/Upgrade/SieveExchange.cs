using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

// RFC 5804 sections 1.2, 1.7 and 2.2: the server's answers end with a line that begins with OK, NO or BYE; capabilities before it are quoted, a line each.

/// <summary>ManageSieve.</summary>
internal sealed class SieveExchange() : TextExchange("sieve", "ManageSieve")
{
    private bool offers;
    private bool hasGreeting;

    protected override UpgradeMessage Command(ReadOnlySpan<byte> line)
    {
        var asks = IsCommand(line, "STARTTLS"u8);
        Sent(asks);
        return asks ? new UpgradeMessage(UpgradeTransition.Asked, "STARTTLS") : default;
    }

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        offers |= IsCommand(line, "\"STARTTLS\""u8);
        var title = IsCommand(line, "OK"u8) ? "OK" : IsCommand(line, "NO"u8) ? "NO" : IsCommand(line, "BYE"u8) ? "BYE" : null;
        if (title is null) return default;
        if (!hasGreeting)
        {
            hasGreeting = true;
            return new UpgradeMessage(UpgradeTransition.Said, title, new StepFact(Detail.Brief, string.Empty, offers ? "STARTTLS offered" : "no STARTTLS offered"));
        }

        return Answered() ? new UpgradeMessage(title == "OK" ? UpgradeTransition.Accepted : UpgradeTransition.Refused, title, TextAfter(line, title.Length)) : default;
    }
}
