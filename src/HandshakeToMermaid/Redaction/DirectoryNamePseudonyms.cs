using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Redaction;

/// <summary>Distinguished names in place of others: every value is replaced, host names as such; attributes and their order stay.</summary>
internal sealed class DirectoryNamePseudonyms(PseudonymSource source, NamePseudonyms names)
{
    private readonly Dictionary<(string Type, string Value), string> known = [];
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of a name, each with its attribute.</summary>
    public static IReadOnlyList<(string Type, string Value)> Parts(string text) => [.. Split(text).Select(p => (p.Type, p.Value))];

    /// <summary>True for the name of a public certificate authority: it identifies nobody.</summary>
    public static bool IsPublic(string text)
    {
        var parts = Split(text);
        var organizations = parts.Where(p => p.Type == "O").Select(p => p.Value).ToList();
        if (organizations.Count > 0) return organizations.TrueForAll(PublicAuthorities.Contains);
        return parts.Exists(p => p.Type == "CN" && PublicAuthorities.Contains(p.Value));
    }

    /// <summary>The name in place of another.</summary>
    public string Of(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var (separator, type, value) in Split(text))
        {
            result.Append(separator).Append(type);
            if (type.Length > 0) result.Append('=');
            result.Append(Value(type, value));
        }

        return result.ToString();
    }

    /// <summary>The value in place of another.</summary>
    public string Value(string type, string value)
    {
        if (value.Length == 0) return value;
        if (type == "C") return "ZZ";
        if (value.Contains('@', StringComparison.Ordinal) || IsHost(value)) return names.Of(value);
        if (known.TryGetValue((type, value), out var made)) return made;
        for (var attempt = 0; ; attempt++)
        {
            var drawn = source.Draw(type, value, attempt);
            var candidate = source.IsKeyed ? Capital(PseudonymSource.Letters(drawn, Encoding.UTF8.GetByteCount(value)))
                : string.Create(CultureInfo.InvariantCulture, $"{Word(type)} {PseudonymSource.NumberIn(drawn)}");
            if (candidate.Length > 2 && taken.Contains(candidate)) continue;
            taken.Add(candidate);
            return known[(type, value)] = candidate;
        }
    }

    /// <summary>A value that is an original cannot be a pseudonym.</summary>
    public void Note(string text)
    {
        foreach (var (_, _, value) in Split(text)) taken.Add(value);
    }

    private static string Word(string type) => type switch
    {
        "CN" => "Common Name",
        "O" => "Organization",
        "OU" => "Unit",
        "L" => "Locality",
        "ST" => "State",
        _ => "Value",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>True for what looks like a host name or an address: it has one pseudonym wherever it stands.</summary>
    internal static bool IsHost(string value) => value.Contains('.', StringComparison.Ordinal) && !value.Contains(' ', StringComparison.Ordinal) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '*' or ':');

    /// <summary>The parts of a text after RFC 4514 with what stands before each; a part without "=" has no type.</summary>
    private static List<(string Separator, string Type, string Value)> Split(string text)
    {
        var parts = new List<(string, string, string)>();
        var (separator, value) = ("", new StringBuilder());
        string? type = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length) value.Append(text[++i]);
            else if (c == '=' && type is null)
            {
                type = value.ToString();
                value.Clear();
            }
            else if (c == '+' || (c == ',' && i + 1 < text.Length && text[i + 1] == ' '))
            {
                parts.Add((separator, type ?? "", value.ToString()));
                value.Clear();
                (separator, type) = (c == '+' ? "+" : ", ", null);
                if (c == ',') i++;
            }
            else value.Append(c);
        }

        parts.Add((separator, type ?? "", value.ToString()));
        return parts;
    }
}
