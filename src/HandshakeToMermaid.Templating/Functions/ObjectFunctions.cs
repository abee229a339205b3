using System.Collections;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Functions;

/// <summary>The <c>object</c> functions.</summary>
internal static class ObjectFunctions
{
    public static BuiltinObject Object { get; } = new BuiltinObject("object")
        .With("default", "value default", (_, a) => a[0] is null or "" ? a[1] : a[0])
        .With("format", "value format", MathFunctions.Format)
        .With("has_key", "value key", (c, a) => Values.Box(a[1] is not null && Members(c, a[0])?.TryGetMember(c.Text(a[1]), out _) == true))
        .With("has_value", "value key", (c, a) => Values.Box(a[1] is not null && Members(c, a[0])?.TryGetMember(c.Text(a[1]), out var value) == true && value is not null))
        .With("keys", "value", (c, a) => new ScriptArray(Members(c, a[0])?.MemberNames ?? []))
        .With("size", "value", Size)
        .With("typeof", "value", (_, a) => TypeOf(a[0]))
        .With("values", "value", (c, a) => new ScriptArray(Members(c, a[0]) is { } members ? members.MemberNames.Select(name => Value(members, name)) : []));

    private static IScriptObject? Members(RenderContext context, object? value) =>
        value is null ? null : value as IScriptObject ?? throw context.Error($"expected an object instead of {Values.KindOf(value)}");

    private static object? Value(IScriptObject members, string name) => members.TryGetMember(name, out var value) ? value : null;

    private static object? Size(RenderContext context, object?[] arguments) => arguments[0] switch
    {
        string text => Values.Box(text.Length),
        _ => Values.Box(Values.TryList(context, arguments[0], out var list) ? list.Count : 0),
    };

    private static string? TypeOf(object? value) => value switch
    {
        null => null,
        string => "string",
        bool => "boolean",
        IntegerRange => "iterator",
        _ when Values.TryInteger(value, out _) || Values.TryDouble(value, out _) => "number",
        IReadOnlyList<object?> => "array",
        IEnumerable and not IScriptObject => "iterator",
        _ => "object",
    };
}
