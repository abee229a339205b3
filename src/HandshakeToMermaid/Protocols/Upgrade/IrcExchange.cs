// IRCv3 "tls" (deprecated) and RFC 2812 section 2.3: lines of [":" prefix " "] command { " " parameter } [" :" text]. STARTTLS is answered by numeric 670, or
// refused by 691; a server that does not know it answers 421 or 451. Nicknames and passwords are not reported.
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>IRC.</summary>
internal sealed class IrcExchange() : TextExchange("irc", "IRC")
{
    private bool isAsked;

    protected override UpgradeMessage Command(ReadOnlySpan<byte> line)
    {
        if (IsCommand(line, "CAP"u8) && Holds(line, "LS"u8)) return new UpgradeMessage(UpgradeTransition.Said, "CAP LS");
        if (!IsCommand(line, "STARTTLS"u8)) return default;
        isAsked = true;
        return new UpgradeMessage(UpgradeTransition.Asked, "STARTTLS");
    }

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(":"u8))
        {
            var space = line.IndexOf((byte)' ');
            if (space < 0) return default;
            line = line[(space + 1)..];
        }

        if (IsCommand(line, "CAP"u8)) return new UpgradeMessage(UpgradeTransition.Said, "CAP", new StepFact(Detail.Brief, string.Empty, Holds(line, " tls"u8) || Holds(line, ":tls"u8) ? "STARTTLS offered" : "no STARTTLS offered"));
        if (!isAsked || line.Length < 3 || line[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return default;
        var code = Encoding.ASCII.GetString(line[..3]);
        return code switch
        {
            "670" => new UpgradeMessage(UpgradeTransition.Accepted, code),
            "691" or "421" or "451" => new UpgradeMessage(UpgradeTransition.Refused, code, TextAfter(line, Math.Max(3, line.IndexOf(" :"u8) + 2))),
            _ => default,
        };
    }
}
