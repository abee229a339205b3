namespace HandshakeToMermaid.Capture.Files;

/// <summary>
/// A pattern of file names that the shell left alone: because it was quoted, or because the shell expands none.
/// <c>*</c> and <c>?</c> stand for characters of one name, <c>[a-z]</c> and <c>[!a-z]</c> for one character; a name that begins with a dot
/// is matched only by a dot.
/// </summary>
internal static class FilePattern
{
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny("*?[") >= 0;

    /// <summary>The files and directories that match, in order of their names.</summary>
    public static List<string> Expand(string pattern)
    {
        var found = new List<string> { Path.IsPathRooted(pattern) ? Path.GetPathRoot(pattern)! : "" };
        foreach (var part in pattern[found[0].Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new List<string>();
            foreach (var parent in found) AddMatches(parent, part, next);
            found = next;
        }

        return found;
    }

    /// <summary>Whether one name matches one part of a pattern; takes at most the product of their lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        if (name is ['.', ..] && pattern is not ['.', ..]) return false;
        int n = 0, p = 0, starAt = -1, starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starAt, starName) = (p++, n);
            }
            else if (p < pattern.Length && MatchesOne(name[n], pattern[p..], out var used))
            {
                (n, p) = (n + 1, p + used);
            }
            else if (starAt >= 0)
            {
                // The last star takes one character more.
                (n, p) = (++starName, starAt + 1);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static void AddMatches(string parent, string part, List<string> found)
    {
        if (!IsPattern(part))
        {
            var path = Path.Combine(parent, part);
            if (Path.Exists(path)) found.Add(path);
            return;
        }

        try
        {
            var names = Directory.GetFileSystemEntries(parent.Length == 0 ? "." : parent).Select(p => Path.GetFileName(p)).Where(name => Matches(name, part));
            found.AddRange(names.Order(StringComparer.Ordinal).Select(name => Path.Combine(parent, name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be listed matches nothing, as in a shell.
        }
    }

    private static bool MatchesOne(char character, ReadOnlySpan<char> pattern, out int used)
    {
        used = 1;
        if (pattern[0] == '?') return true;
        if (pattern[0] != '[') return character == pattern[0];
        var inverted = pattern.Length > 1 && pattern[1] is '!' or '^';
        var first = inverted ? 2 : 1;

        // A bracket that comes first stands for itself.
        var length = pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (length < 0) return character == '[';
        used = first + length + 2;
        return Contains(pattern.Slice(first, length + 1), character) != inverted;
    }

    private static bool Contains(ReadOnlySpan<char> set, char character)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (character >= set[i] && character <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == character)
            {
                return true;
            }
        }

        return false;
    }
}
