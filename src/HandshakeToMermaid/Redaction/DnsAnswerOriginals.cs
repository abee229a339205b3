using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>The values in the text of a DNS record that identify somebody: "MX 10 mail.example.com", "alpn h3; ipv4hint 192.0.2.1; target www.example.net".</summary>
internal static class DnsAnswerOriginals
{
    /// <summary>The values; text for people and programs (TXT, CAA) is one as a whole.</summary>
    public static IEnumerable<Original> Of(string answer)
    {
        if (IpAddress.Parse(answer) is not null) return [new Original(OriginalKind.Address, answer)];
        var space = answer.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) return [];
        var type = answer[..space];
        if (type is "TXT" or "CAA") return [new Original(OriginalKind.FreeText, answer) { Kept = space + 1 }];
        return answer[(space + 1)..].Split([' ', ';', ','], StringSplitOptions.RemoveEmptyEntries).SelectMany(word => InWord(word, isName: type is "CNAME" or "NS" or "PTR" or "DNAME" or "MX" or "SRV" or "SOA" or "alias"));
    }

    private static IEnumerable<Original> InWord(string word, bool isName)
    {
        if (IpAddress.Parse(word) is { } address) return [new Original(OriginalKind.Address, address.ToString())];
        if (word.All(char.IsAsciiDigit)) return [];
        return isName || word.Contains('.', StringComparison.Ordinal) ? NamePseudonyms.WithParents(word).Select(n => new Original(OriginalKind.Name, n)) : [];
    }
}
