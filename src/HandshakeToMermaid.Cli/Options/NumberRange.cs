using System.Globalization;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Numbers of connections from one to another, both included.</summary>
internal readonly record struct NumberRange(int First, int Last)
{
    /// <summary>True where a number is in it.</summary>
    public bool Contains(int number) => number >= First && number <= Last;

    /// <summary>Reads "3", "1-5" or "7-" (to the end); null where it is none.</summary>
    public static NumberRange? Parse(string text)
    {
        var cut = text.IndexOf('-', StringComparison.Ordinal);
        if (cut < 0) return Number(text) is { } one ? new NumberRange(one, one) : null;
        if (Number(text[..cut]) is not { } first) return null;
        if (cut == text.Length - 1) return new NumberRange(first, int.MaxValue);
        return Number(text[(cut + 1)..]) is { } last && last >= first ? new NumberRange(first, last) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
