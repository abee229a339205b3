using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Lengths of time on the command line: 30, 30s, 500ms, 5m, 2h.</summary>
internal static class Spans
{
    /// <summary>An option that takes one.</summary>
    public static Option<TimeSpan> Option(string name, string description, TimeSpan usual, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => usual,
        CustomParser = result => Read(result, name) ?? usual,
    };

    /// <summary>Reads one; null where it is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.Length;
        while (digits > 0 && char.IsAsciiLetter(text[digits - 1])) digits--;
        if (!double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        double? seconds = text[digits..] switch
        {
            "" or "s" => number,
            "ms" => number / 1000,
            "m" or "min" => number * 60,
            "h" => number * 3600,
            "d" => number * 86_400,
            _ => null,
        };
        return seconds is > 0 and < MaxSeconds ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    private static TimeSpan? Read(ArgumentResult result, string name)
    {
        var text = result.Tokens[0].Value;
        var span = Parse(text);
        if (span is null) result.AddError($"{name} takes a duration such as 30s, 5m or 2h; '{text}' is not one.");
        return span;
    }

    private const double MaxSeconds = 3650.0 * 86_400;
}
