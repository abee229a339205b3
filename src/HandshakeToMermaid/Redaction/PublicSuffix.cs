namespace HandshakeToMermaid.Redaction;

/// <summary>
/// How many labels at the end of a name belong to everybody: "com", "co.uk", "internal". A rule of thumb in place of the Public Suffix List, which
/// changes every week: a second-level domain that the rule does not know gets a pseudonym, which only hides more.
/// </summary>
internal static class PublicSuffix
{
    /// <summary>The number of such labels; 0 where the last one is not public (a company's own top-level domain).</summary>
    public static int Labels(IReadOnlyList<string> labels)
    {
        if (labels.Count < 2) return labels.Count == 1 && Special.Contains(labels[0]) ? 1 : 0;
        var last = labels[^1];
        if (labels.Count >= 2 && last.Equals("arpa", StringComparison.OrdinalIgnoreCase)) return 2;
        if (Special.Contains(last) || Generic.Contains(last)) return 1;
        if (last.Length != 2 || !last.All(char.IsAsciiLetter)) return 0;
        return labels.Count > 2 && SecondLevel.Contains(labels[^2]) ? 2 : 1;
    }

    /// <summary>Names for special use (RFC 6761, RFC 6762, RFC 8375, ICANN's "internal") and what private networks use besides (RFC 6762 appendix G).</summary>
    private static readonly HashSet<string> Special = new(StringComparer.OrdinalIgnoreCase)
    {
        "localhost", "local", "internal", "test", "example", "invalid", "onion", "alt", "lan", "home", "corp", "private", "intranet", "localdomain",
    };

    /// <summary>Top-level domains with the most names; those of two letters belong to countries.</summary>
    private static readonly HashSet<string> Generic = new(StringComparer.OrdinalIgnoreCase)
    {
        "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "mobi", "app", "dev", "cloud", "online", "site", "shop", "store", "xyz", "top", "tech", "space",
        "club", "live", "page", "blog", "web", "wiki", "digital", "services", "systems", "network", "solutions", "email", "host", "link", "zone", "run", "tools", "world", "today",
    };

    /// <summary>Second levels under which countries register names.</summary>
    private static readonly HashSet<string> SecondLevel = new(StringComparer.OrdinalIgnoreCase)
    {
        "co", "com", "net", "org", "gov", "gob", "gouv", "edu", "ac", "mil", "go", "or", "ne", "ad", "nom", "id", "sch", "ltd", "plc", "me", "info", "web", "gen", "govt", "school",
    };
}
