namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Names that a stub resolver makes of one that a program asked for, by its search list (resolv.conf(5), RFC 1535): the name itself and the
/// name with each of the list's domains behind it, one after the other until one exists. Names are in lower case.
/// </summary>
internal static class SearchList
{
    /// <summary>True where <paramref name="next"/> is what is asked for when <paramref name="failed"/> does not exist.</summary>
    public static bool IsNext(string failed, string next)
    {
        if (failed == next) return false;
        if (IsExtended(failed, next) || IsExtended(next, failed)) return true;

        // The same name with another domain: that of a Kubernetes service is the parent of the one before it. Other domains are distinguished
        // from other names by what they have in common; a single label on either side ("www", "com") is no sign.
        var (labels, length) = CommonLabels(failed, next);
        if (labels == 0) return false;
        var left = failed.AsSpan(length);
        var right = next.AsSpan(length);
        return left.EndsWith(right, StringComparison.Ordinal) || right.EndsWith(left, StringComparison.Ordinal)
            || (labels >= 2 && left[1..].Contains('.') && right[1..].Contains('.'));
    }

    /// <summary>The name that the program asked for, of those that were tried: the one that all others begin with, else the last.</summary>
    public static string Original(IReadOnlyList<string> tried)
    {
        var shortest = tried[0];
        for (var i = 1; i < tried.Count; i++)
        {
            if (tried[i].Length < shortest.Length) shortest = tried[i];
        }

        for (var i = 0; i < tried.Count; i++)
        {
            if (tried[i] != shortest && !IsExtended(shortest, tried[i])) return tried[^1];
        }

        return shortest;
    }

    /// <summary>True where <paramref name="longer"/> is <paramref name="name"/> with a domain behind it.</summary>
    public static bool IsExtended(string name, string longer) =>
        longer.Length > name.Length + 1 && longer[name.Length] == '.' && longer.StartsWith(name, StringComparison.Ordinal);

    /// <summary>The labels at the start that two names share, and their length with the dots between and before what follows.</summary>
    private static (int Labels, int Length) CommonLabels(string left, string right)
    {
        var (labels, length) = (0, 0);
        for (var i = 0; i < Math.Min(left.Length, right.Length) && left[i] == right[i]; i++)
        {
            if (left[i] == '.') (labels, length) = (labels + 1, i);
        }

        return (labels, length);
    }
}
