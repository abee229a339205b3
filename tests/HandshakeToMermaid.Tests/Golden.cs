using Xunit.Sdk;

namespace HandshakeToMermaid.Tests;

/// <summary>
/// Files that hold what is expected, reviewed like code. With UPDATE_EXPECTED=1 they are rewritten; otherwise what was
/// received is left beside them as <c>*.received.*</c> where it differs.
/// </summary>
internal static class Golden
{
    /// <summary>True where goldens are to be rewritten.</summary>
    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1";

    /// <summary>Holds a text against a file of the repository.</summary>
    public static void Verify(string actual, string path)
    {
        if (IsUpdating)
        {
            File.WriteAllText(path, actual);
            return;
        }
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected == actual) return;
        var received = Path.ChangeExtension(path, $".received{Path.GetExtension(path)}");
        File.WriteAllText(received, actual);
        throw new XunitException($"""
            {Path.GetRelativePath(Checkout.Root, path)} is not what is produced now; see {Path.GetFileName(received)} beside it.
            First difference in line {FirstDifference(expected, actual)}. If the change is meant: UPDATE_EXPECTED=1 dotnet test, then review the diff.
            """);
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var at = 0;
        while (at < left.Length && at < right.Length && left[at] == right[at]) at++;
        return $"{at + 1}: expected '{left.ElementAtOrDefault(at)}', got '{right.ElementAtOrDefault(at)}'";
    }
}
