using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The names that the language itself knows. Variables of the model with such a name hide them.</summary>
internal static class Builtins
{
    public static bool TryGet(string name, out object? value) => Known.TryGetValue(name, out value);

    /// <summary>True for the names that Scriban knows and this engine does not.</summary>
    public static bool IsLeftOut(string name) => name is "date" or "regex" or "timespan" or "include_join";

    private static readonly Dictionary<string, object?> Known = new()
    {
        ["array"] = ArrayFunctions.Object,
        ["html"] = HtmlFunctions.Object,
        ["math"] = MathFunctions.Object,
        ["object"] = ObjectFunctions.Object,
        ["string"] = StringFunctions.Object,
        ["include"] = new IncludeFunction(),
        ["empty"] = EmptyValue.Instance,
    };
}
