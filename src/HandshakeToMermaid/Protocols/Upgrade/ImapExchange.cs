using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>IMAP (RFC 9051 section 6.2.1): a tagged STARTTLS, answered by a line with the same tag.</summary>
internal sealed class ImapExchange() : TextExchange("imap", "IMAP")
{
    private byte[]? tag;
    private bool hasGreeting;
    private bool hasTold;

    protected override UpgradeMessage Command(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space <= 0) return default;
        if (IsCommand(line[(space + 1)..], "CAPABILITY"u8) && !hasTold) return new UpgradeMessage(UpgradeTransition.Said, "CAPABILITY");
        if (!IsCommand(line[(space + 1)..], "STARTTLS"u8)) return default;
        tag = line[..space].ToArray();
        return new UpgradeMessage(UpgradeTransition.Asked, "STARTTLS");
    }

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        if (tag is not null && line.Length > tag.Length && line.StartsWith(tag) && line[tag.Length] == ' ')
        {
            var answer = line[(tag.Length + 1)..];
            var end = answer.IndexOf((byte)' ');
            var word = Encoding.ASCII.GetString(end < 0 ? answer : answer[..end]).ToUpperInvariant();
            return new UpgradeMessage(word == "OK" ? UpgradeTransition.Accepted : UpgradeTransition.Refused, word, TextAfter(answer, word.Length));
        }

        if (!line.StartsWith("* "u8)) return default;
        var offers = Holds(line, "STARTTLS"u8);
        if (!hasGreeting)
        {
            hasGreeting = true;
            var kind = IsCommand(line[2..], "PREAUTH"u8) ? "PREAUTH" : IsCommand(line[2..], "BYE"u8) ? "BYE" : "OK";
            return new UpgradeMessage(UpgradeTransition.Said, kind, offers ? [Offer(offers)] : []);
        }

        if (!IsCommand(line[2..], "CAPABILITY"u8) || hasTold) return default;
        hasTold = true;
        return new UpgradeMessage(UpgradeTransition.Said, "CAPABILITY", Offer(offers));
    }

    private static StepFact Offer(bool offers) => new(Detail.Brief, string.Empty, offers ? "STARTTLS offered" : "no STARTTLS offered");
}
