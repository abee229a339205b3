using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The <c>string</c> functions. A null text is an empty one; letters are compared by code units.</summary>
internal static partial class StringFunctions
{
    public static BuiltinObject Object { get; } = new BuiltinObject("string")
        .With("append", "text with", (c, a) => c.Join("", c.Text(a[0]), c.Text(a[1])))
        .With("capitalize", "text", (c, a) => Made(c, Capitalize(c.Text(a[0]))))
        .With("capitalizewords", "text", (c, a) => Made(c, CapitalizeWords(c.Text(a[0]))))
        .With("contains", "text value", (c, a) => Test(c, a, (text, value) => text.Contains(value, StringComparison.Ordinal)))
        .With("downcase", "text", (c, a) => Made(c, c.Text(a[0]).ToLowerInvariant()))
        .With("empty", "text", (c, a) => Values.Box(c.Text(a[0]).Length == 0))
        .With("ends_with", "text value", (c, a) => Test(c, a, (text, value) => text.EndsWith(value, StringComparison.Ordinal)))
        .With("equals_ignore_case", "text value", (c, a) => Values.Box(string.Equals(c.Text(a[0]), c.Text(a[1]), StringComparison.OrdinalIgnoreCase)))
        .With("escape", "text", (c, a) => Made(c, Values.Escape(c.Text(a[0]))))
        .With("handleize", "text", (c, a) => Made(c, Handleize(c.Text(a[0]))))
        .With("literal", "text", (c, a) => a[0] is null ? null : Made(c, $"\"{Values.Escape(c.Text(a[0]))}\""))
        .With("lstrip", "text", (c, a) => Made(c, c.Text(a[0]).TrimStart()))
        .With("pad_left", "text width", (c, a) => Pad(c, a, isLeft: true))
        .With("pad_right", "text width", (c, a) => Pad(c, a, isLeft: false))
        .With("pluralize", "number singular plural", (c, a) => c.Integer(a[0]) == 1 ? c.Text(a[1]) : c.Text(a[2]))
        .With("prepend", "text by", (c, a) => c.Join("", c.Text(a[1]), c.Text(a[0])))
        .With("remove", "text remove", (c, a) => Replace(c, a[0], a[1], null))
        .With("remove_first", "text remove", (c, a) => ReplaceOne(c, a[0], a[1], null, fromEnd: false))
        .With("remove_last", "text remove", (c, a) => ReplaceOne(c, a[0], a[1], null, fromEnd: true))
        .With("replace", "text match replace", (c, a) => Replace(c, a[0], a[1], a[2]))
        .With("replace_first", "text match replace", (c, a) => ReplaceOne(c, a[0], a[1], a[2], fromEnd: false))
        .With("rstrip", "text", (c, a) => Made(c, c.Text(a[0]).TrimEnd()))
        .With("size", "text", (c, a) => Values.Box(c.Text(a[0]).Length))
        .With("slice", "text start length?", (c, a) => Made(c, Slice(c.Text(a[0]), c.Integer(a[1]), a[2] is null ? null : c.Integer(a[2]))))
        .With("slice1", "text start length?", (c, a) => Made(c, Slice(c.Text(a[0]), c.Integer(a[1]), a[2] is null ? 1 : c.Integer(a[2]))))
        .With("split", "text match", Split)
        .With("starts_with", "text value", (c, a) => Test(c, a, (text, value) => text.StartsWith(value, StringComparison.Ordinal)))
        .With("strip", "text", (c, a) => Made(c, c.Text(a[0]).Trim()))
        .With("strip_newlines", "text", (c, a) => Made(c, LineEnds().Replace(c.Text(a[0]), "")))
        .With("to_double", "text", (c, a) => double.TryParse(c.Text(a[0]), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null)
        .With("to_int", "text", (c, a) => int.TryParse(c.Text(a[0]), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Values.Box(number) : null)
        .With("to_long", "text", (c, a) => long.TryParse(c.Text(a[0]), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Values.Box(number) : null)
        .With("truncate", "text length ellipsis?", Truncate)
        .With("truncatewords", "text count ellipsis?", TruncateWords)
        .With("upcase", "text", (c, a) => Made(c, c.Text(a[0]).ToUpperInvariant()))
        .With("whitespace", "text", (c, a) => Values.Box(string.IsNullOrWhiteSpace(c.Text(a[0]))));

    private static string Made(RenderContext context, string text)
    {
        context.Build(text.Length);
        return text;
    }

    /// <summary>A test that nothing passes when either text is empty.</summary>
    private static object Test(RenderContext context, object?[] arguments, Func<string, string, bool> test)
    {
        var (text, value) = (context.Text(arguments[0]), context.Text(arguments[1]));
        return Values.Box(text.Length > 0 && value.Length > 0 && test(text, value));
    }

    private static string Capitalize(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    private static string CapitalizeWords(string text)
    {
        var result = new StringBuilder(text);
        var atStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                atStart = true;
            }
            else if (atStart && char.IsLetter(text[i]))
            {
                result[i] = char.ToUpperInvariant(text[i]);
                atStart = false;
            }
        }
        return result.ToString();
    }

    /// <summary>Letters and digits in lower case, with one <c>-</c> for each run of anything else but the last.</summary>
    private static string Handleize(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) result.Append(char.ToLowerInvariant(c));
            else if (result is not [.., '-']) result.Append('-');
        }
        if (result is [.., '-']) result.Length--;
        return result.ToString();
    }

    private static string Pad(RenderContext context, object?[] arguments, bool isLeft)
    {
        var text = context.Text(arguments[0]);
        var width = context.Integer(arguments[1]);
        if (width < 0) throw context.Error("a width cannot be negative");
        context.Build(Math.Max(text.Length, width));
        return isLeft ? text.PadLeft(width) : text.PadRight(width);
    }

    private static string Replace(RenderContext context, object? value, object? match, object? replacement)
    {
        var (text, old, with) = (context.Text(value), context.Text(match), context.Text(replacement));
        if (text.Length == 0) return "";
        if (old.Length == 0) return replacement is null ? text : throw context.Error("the text to replace is empty");
        context.Build(text.Length + (long)text.AsSpan().Count(old) * Math.Max(0, with.Length - old.Length));
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    /// <summary>Replaces one match, found whatever the case of its letters.</summary>
    private static string ReplaceOne(RenderContext context, object? value, object? match, object? replacement, bool fromEnd)
    {
        var (text, old) = (context.Text(value), context.Text(match));
        if (old.Length == 0) return text;
        var at = fromEnd ? text.LastIndexOf(old, StringComparison.OrdinalIgnoreCase) : text.IndexOf(old, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text : context.Join("", text[..at], context.Text(replacement), text[(at + old.Length)..]);
    }

    /// <summary>Counts from the end when <paramref name="start"/> is negative; takes the rest without a length.</summary>
    private static string Slice(string text, int start, int? length)
    {
        if (start >= text.Length || length <= 0) return "";
        long first = start < 0 ? (long)start + text.Length : start;
        var end = Math.Min(text.Length, first + (length ?? text.Length));
        first = Math.Max(0, first);
        return end > first ? text[(int)first..(int)end] : "";
    }

    private static ScriptArray Split(RenderContext context, object?[] arguments)
    {
        var text = context.Text(arguments[0]);
        var match = arguments[1] is null ? null : context.Text(arguments[1]);
        context.Build(text.Length);
        var parts = text.Split([match!], StringSplitOptions.RemoveEmptyEntries);
        context.Step(parts.Length);
        return new ScriptArray(parts);
    }

    /// <summary>Cuts to a length, the ellipsis included.</summary>
    private static string Truncate(RenderContext context, object?[] arguments)
    {
        var text = context.Text(arguments[0]);
        var length = context.Integer(arguments[1]);
        var ellipsis = arguments[2] is null ? "..." : context.Text(arguments[2]);
        return text.Length <= length ? text : context.Join("", text[..Math.Clamp(length - ellipsis.Length, 0, text.Length)], ellipsis);
    }

    /// <summary>Cuts to a number of words; the ellipsis is added in any case, and is always three dots.</summary>
    private static string TruncateWords(RenderContext context, object?[] arguments)
    {
        var text = context.Text(arguments[0]);
        if (text.Length == 0) return "";
        var words = Blanks().Split(text).Take(context.Integer(arguments[1])).ToArray();
        context.Step(words.Length);
        return context.Join("", context.Join(" ", words), "...");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\r\n|\r|\n")]
    internal static partial Regex LineEnds();
}
