using System.Text;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>IMAP (RFC 9051 section 6.2.1): a tagged STARTTLS, answered by a line with the same tag.</summary>
internal sealed class ImapPrelude() : TextPrelude("imap", "IMAP")
{
    private byte[]? tag;
    private bool hasGreeting;
    private bool hasTold;

    protected override PreludeWord Command(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space <= 0) return default;
        if (IsCommand(line[(space + 1)..], "CAPABILITY"u8) && !hasTold) return new PreludeWord(PreludeTurn.Said, "CAPABILITY");
        if (!IsCommand(line[(space + 1)..], "STARTTLS"u8)) return default;
        tag = line[..space].ToArray();
        return new PreludeWord(PreludeTurn.Asked, "STARTTLS");
    }

    protected override PreludeWord Reply(ReadOnlySpan<byte> line)
    {
        if (tag is not null && line.Length > tag.Length && line.StartsWith(tag) && line[tag.Length] == ' ')
        {
            var answer = line[(tag.Length + 1)..];
            var end = answer.IndexOf((byte)' ');
            var word = Encoding.ASCII.GetString(end < 0 ? answer : answer[..end]).ToUpperInvariant();
            return new PreludeWord(word == "OK" ? PreludeTurn.Accepted : PreludeTurn.Refused, word, TextAfter(answer, word.Length));
        }

        if (!line.StartsWith("* "u8)) return default;
        var offers = Holds(line, "STARTTLS"u8);
        if (!hasGreeting)
        {
            hasGreeting = true;
            var kind = IsCommand(line[2..], "PREAUTH"u8) ? "PREAUTH" : IsCommand(line[2..], "BYE"u8) ? "BYE" : "OK";
            return new PreludeWord(PreludeTurn.Said, kind, offers ? [Offer(offers)] : []);
        }

        if (!IsCommand(line[2..], "CAPABILITY"u8) || hasTold) return default;
        hasTold = true;
        return new PreludeWord(PreludeTurn.Said, "CAPABILITY", Offer(offers));
    }

    private static StepFact Offer(bool offers) => new(Detail.Brief, string.Empty, offers ? "STARTTLS offered" : "no STARTTLS offered");
}
