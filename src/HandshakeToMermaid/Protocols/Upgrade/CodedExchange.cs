using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

// RFC 5321 section 4.2, RFC 959 section 4.2: three digits, "-" where more lines of the same answer follow, a text.

/// <summary>A protocol of commands and three-digit answers.</summary>
internal abstract class CodedExchange(string key, string label, string asking, int granted) : TextExchange(key, label)
{
    private bool hasGreeting;

    /// <summary>The server offered TLS in the answer at hand; null while nothing was offered at all.</summary>
    protected bool? Offers { get; set; }

    protected override UpgradeMessage Command(ReadOnlySpan<byte> line)
    {
        if (Asks(line))
        {
            Sent(asks: true);
            return new UpgradeMessage(UpgradeTransition.Asked, asking);
        }

        Sent();
        return Other(line);
    }

    protected override UpgradeMessage Reply(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || !char.IsAsciiDigit((char)line[0]) || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2]))
        {
            // FTP indents the lines between.
            ReadOffer(line);
            return default;
        }

        ReadOffer(line[3..]);
        if (line.Length > 3 && line[3] == '-') return default;
        var code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        if (code < 200) return default;
        var title = Encoding.ASCII.GetString(line[..3]);
        var isAnswer = Answered();
        if (isAnswer) return new UpgradeMessage(code == granted ? UpgradeTransition.Accepted : UpgradeTransition.Refused, title, TextAfter(line, 4));
        var offers = Offers;
        Offers = null;
        if (offers is { } offered) return new UpgradeMessage(UpgradeTransition.Said, title, new StepFact(Detail.Brief, string.Empty, offered ? $"{asking} offered" : $"no {asking} offered"));
        if (hasGreeting) return default;
        hasGreeting = true;
        return new UpgradeMessage(UpgradeTransition.Said, title, TextAfter(line, 4, Detail.Full));
    }

    /// <summary>True for the command that requests TLS.</summary>
    protected abstract bool Asks(ReadOnlySpan<byte> line);

    /// <summary>What another command is worth.</summary>
    protected abstract UpgradeMessage Other(ReadOnlySpan<byte> line);

    /// <summary>Looks for the offer in a line of an answer.</summary>
    protected abstract void ReadOffer(ReadOnlySpan<byte> line);
}
