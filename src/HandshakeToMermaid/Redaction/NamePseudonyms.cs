using System.Globalization;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Redaction;

/// <summary>
/// Names in place of others, of the same structure: as many labels, the public suffix, wildcards and labels of services ("_443._tcp") stay, one
/// registered domain has one pseudonym. With a key each label is as long as its original, so that captures can be rewritten in place.
/// </summary>
internal sealed class NamePseudonyms(PseudonymSource source, AddressPseudonyms addresses)
{
    private readonly Dictionary<string, string> labels = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name in place of another, a user in front of it and a port behind it included.</summary>
    public string Of(string name)
    {
        if (!name.StartsWith('[') && IpAddress.Parse(name) is { } address) return addresses.Of(address).ToString();
        var colon = name.LastIndexOf(':');
        var end = colon > 0 && !name.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? colon : name.Length;
        var at = name.AsSpan(0, end).LastIndexOf('@');
        var user = at > 0 ? $"{Label(name[..at], "", "user")}@" : "";
        return $"{user}{Host(at > 0 ? name[(at + 1)..end] : name[..end])}{name[end..]}";
    }

    private string Host(string name)
    {
        if (name is ['[', .., ']'] && IpAddress.Parse(name[1..^1]) is { } bracketed) return $"[{addresses.Of(bracketed)}]";
        if (IpAddress.Parse(name) is { } address) return addresses.Of(address).ToString();
        if (name is "" or "." or "*") return name;
        var parts = name.Split('.');
        if (IsNone(name, parts)) return Label(name, "", "host");
        if (Reverse(parts) is { } reverse) return reverse;
        var isRooted = parts[^1].Length == 0;
        var counted = isRooted ? parts[..^1] : parts;
        var open = counted.Length - PublicSuffix.Labels(counted);
        for (var i = 0; i < open; i++)
        {
            var parent = string.Join('.', counted[(i + 1)..]);
            if (counted[i] is "*" or "" || counted[i][0] == '_') continue;
            parts[i] = Label(counted[i], parent, i == open - 1 && counted.Length > open ? "example" : i == open - 1 && open > 1 ? "zone" : "host");
        }

        return string.Join('.', parts);
    }

    /// <summary>The name itself and the domains above it, down to the registered one: each of them identifies its owner.</summary>
    public static IEnumerable<string> WithParents(string name)
    {
        yield return name;
        if (name.Contains(':', StringComparison.Ordinal) || IpAddress.Parse(name) is not null) yield break;
        var parts = name.TrimEnd('.').Split('.');
        var last = parts.Length - PublicSuffix.Labels(parts) - 1;
        if (parts[^1] == "arpa" || IsNone(name, parts)) yield break;
        for (var i = 1; i <= last && i < parts.Length; i++) yield return string.Join('.', parts[i..]);
    }

    /// <summary>True for names that identify nobody: "localhost", a public suffix.</summary>
    public static bool Stays(string name)
    {
        var parts = name.TrimEnd('.').Split('.');
        if (IpAddress.Parse(name) is { } address) return AddressPseudonyms.Stays(address);
        return name is "" or "." || PublicSuffix.Labels(parts) == parts.Length || Array.TrueForAll(parts, p => p == "*" || p.Length == 0 || p[0] == '_');
    }

    /// <summary>A name that is an original cannot be a pseudonym.</summary>
    public void Note(string name)
    {
        foreach (var part in name.Split('.')) taken.Add(part);
    }

    private string Label(string label, string parent, string word)
    {
        var key = $"{label.ToLowerInvariant()}.{parent.ToLowerInvariant()}";
        if (labels.TryGetValue(key, out var made)) return made;
        for (var attempt = 0; ; attempt++)
        {
            var drawn = source.Draw(word, key, attempt);
            var length = Math.Max(1, label.Length) + (attempt / MaxAttempts);
            var candidate = source.IsKeyed ? PseudonymSource.Letters(drawn, length)
                : string.Create(CultureInfo.InvariantCulture, $"{word}-{PseudonymSource.NumberIn(drawn)}");
            if (candidate.Length > 1 && taken.Contains(candidate) && attempt < 100 * MaxAttempts) continue;
            taken.Add(candidate);
            return labels[key] = candidate;
        }
    }

    /// <summary>"4.3.2.1.in-addr.arpa" and its like in IPv6: the address inside gets its pseudonym. Null for other names.</summary>
    private string? Reverse(string[] parts)
    {
        var end = parts[^1].Length == 0 ? parts.Length - 1 : parts.Length;
        if (end < 3 || !parts[end - 1].Equals("arpa", StringComparison.OrdinalIgnoreCase)) return null;
        if (parts[end - 2].Equals("in-addr", StringComparison.OrdinalIgnoreCase) && end - 2 == 4 && IpAddress.Parse(string.Join('.', Enumerable.Reverse(parts[..4]))) is { } v4)
            return $"{string.Join('.', Enumerable.Reverse(addresses.Of(v4).ToString().Split('.')))}.{string.Join('.', parts[4..])}";
        if (!parts[end - 2].Equals("ip6", StringComparison.OrdinalIgnoreCase) || end - 2 != 32 || !Array.TrueForAll(parts[..32], p => p.Length == 1 && char.IsAsciiHexDigit(p[0]))) return null;
        var nibbles = Convert.FromHexString(string.Concat(Enumerable.Reverse(parts[..32])));
        var mapped = Convert.ToHexStringLower(addresses.Of(IpAddress.FromBytes(nibbles)).ToIPAddress().GetAddressBytes());
        return $"{string.Join('.', mapped.Reverse())}.{string.Join('.', parts[32..])}";
    }

    /// <summary>No name of DNS: it has more labels or characters than one can have. It is one word, since each label is noted with all behind it.</summary>
    private static bool IsNone(string name, string[] parts) => parts.Length > MostLabels || name.Length > LongestName;

    /// <summary>RFC 1035 section 2.3.4: 255 bytes, the root included.</summary>
    private const int MostLabels = 128;

    /// <summary>255 bytes that are all written as "\DDD" (RFC 1035 section 5.1).</summary>
    private const int LongestName = 4 * 255;

    /// <summary>With a key, labels of one or two letters may all be taken: after so many attempts one more letter is used.</summary>
    private const int MaxAttempts = 40;
}
