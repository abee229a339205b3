using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>POP3 (RFC 2595 section 4): STLS.</summary>
internal sealed class Pop3Exchange() : TextExchange("pop3", "POP3")
{
    private bool hasGreeting;

    protected override UpgradeMessage Command(ReadOnlySpan<byte> line)
    {
        var asks = IsCommand(line, "STLS"u8);
        Sent(asks);
        return asks ? new UpgradeMessage(UpgradeTransition.Asked, "STLS") : default;
    }

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        // Other lines belong to a list, such as the one after CAPA.
        var isGood = line.StartsWith("+OK"u8);
        if (!isGood && !line.StartsWith("-ERR"u8)) return default;
        var title = isGood ? "+OK" : "-ERR";
        if (Answered()) return new UpgradeMessage(isGood ? UpgradeTransition.Accepted : UpgradeTransition.Refused, title, TextAfter(line, title.Length));
        if (hasGreeting) return default;
        hasGreeting = true;
        return new UpgradeMessage(UpgradeTransition.Said, title, TextAfter(line, title.Length, Detail.Full));
    }
}
