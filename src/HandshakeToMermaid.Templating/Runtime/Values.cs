using System.Collections;
using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>What the language makes of a value: truth, number, text, list, member.</summary>
internal static class Values
{
    /// <summary>Only <c>null</c>, <c>false</c> and <c>empty</c> are false; 0 and "" are true.</summary>
    public static bool IsTrue(object? value) => value is bool truth ? truth : value is not (null or EmptyValue);

    public static object Box(bool value) => value ? True : False;

    public static object Box(long value) => value is >= SmallestKept and <= LargestKept ? Kept[value - SmallestKept] : value;

    public static bool TryInteger(object? value, out long integer)
    {
        switch (value)
        {
            case long n: integer = n; return true;
            case int n: integer = n; return true;
            case uint n: integer = n; return true;
            case ushort n: integer = n; return true;
            case short n: integer = n; return true;
            case byte n: integer = n; return true;
            case sbyte n: integer = n; return true;
            default: integer = 0; return false;
        }
    }

    public static bool TryDouble(object? value, out double number)
    {
        switch (value)
        {
            case double n: number = n; return true;
            case float n: number = n; return true;
            default: number = 0; return false;
        }
    }

    /// <summary>How messages name a value.</summary>
    public static string KindOf(object? value) => value switch
    {
        null => "null",
        string => "text",
        bool => "a boolean",
        ScriptFunction => "a function",
        _ when TryInteger(value, out _) || TryDouble(value, out _) => "a number",
        IEnumerable and not ScriptObject => "a list",
        _ => "an object",
    };

    public static bool TryGetMember(object? owner, string name, out object? value)
    {
        switch (owner)
        {
            case IScriptObject members:
                return members.TryGetMember(name, out value);
            case string text when name == "size":
                value = Box(text.Length);
                return true;
            case IReadOnlyCollection<object?> list when name == "size":
                value = Box(list.Count);
                return true;
            case ICollection list when name == "size":
                value = Box(list.Count);
                return true;
            default:
                value = null;
                return false;
        }
    }

    /// <summary>
    /// The value as a list: lists as they are, text as its characters, an object as pairs with <c>key</c> and
    /// <c>value</c>. False for anything else, null included.
    /// </summary>
    public static bool TryList(RenderContext context, object? value, out IReadOnlyList<object?> list)
    {
        switch (value)
        {
            case IReadOnlyList<object?> items: list = items; return true;
            case string text: list = Copy(context, text.Select(c => c.ToString())); return true;
            case IScriptObject members: list = Copy(context, members.MemberNames.Select(name => Pair(members, name))); return true;
            case IEnumerable items: list = Copy(context, items); return true;
            default: list = []; return false;
        }
    }

    /// <summary>Whether there is nothing in a value; null for null.</summary>
    public static object? IsEmpty(RenderContext context, object? value) =>
        value is null ? null : Box(TryList(context, value, out var list) && list.Count == 0);

    /// <summary>Appends a value as it is written: text as it is, but in quotes inside a list or an object.</summary>
    public static void Append(RenderContext context, StringBuilder output, object? value, int depth = 0)
    {
        switch (value)
        {
            case null: output.Append(depth > 0 ? "null" : ""); break;
            case string text when depth > 0: output.Append('"').Append(Escape(text)).Append('"'); break;
            case string text: output.Append(text); break;
            case bool truth: output.Append(truth ? "true" : "false"); break;
            case EmptyValue: break;
            case ScriptFunction: output.Append("<function>"); break;
            case IEnumerable list and not ScriptObject: AppendList(context, output, list, depth); break;
            case IScriptObject members: AppendObject(context, output, members, depth); break;
            case IFormattable formattable: output.Append(formattable.ToString(format: null, CultureInfo.InvariantCulture)); break;
            default: output.Append(value); break;
        }
    }

    /// <summary>The text with what a string literal escapes escaped.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var name = "abtnvfr".AsSpan();
            if (c is '"' or '\\') result.Append('\\').Append(c);
            else if (c is >= '\a' and <= '\r') result.Append('\\').Append(name[c - '\a']);
            else if (c < ' ') result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else result.Append(c);
        }
        return result.ToString();
    }

    private static void AppendList(RenderContext context, StringBuilder output, IEnumerable list, int depth)
    {
        context.CheckText(output, depth);
        output.Append('[');
        var isFirst = true;
        foreach (var item in list)
        {
            if (!isFirst) output.Append(", ");
            isFirst = false;
            context.Step(1);
            Append(context, output, item, depth + 1);
            context.CheckText(output, depth);
        }
        output.Append(']');
    }

    private static void AppendObject(RenderContext context, StringBuilder output, IScriptObject members, int depth)
    {
        context.CheckText(output, depth);
        output.Append('{');
        var isFirst = true;
        foreach (var name in members.MemberNames)
        {
            if (!isFirst) output.Append(", ");
            isFirst = false;
            output.Append(IsSimple(name) ? name : $"\"{Escape(name)}\"").Append(": ");
            members.TryGetMember(name, out var value);
            context.Step(1);
            Append(context, output, value, depth + 1);
            context.CheckText(output, depth);
        }
        output.Append('}');
    }

    private static bool IsSimple(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    private static ScriptArray Copy(RenderContext context, IEnumerable items)
    {
        var copy = new ScriptArray();
        foreach (var item in items)
        {
            context.Step(1);
            copy.Add(item);
        }
        return copy;
    }

    private static ScriptObject Pair(IScriptObject members, string name)
    {
        members.TryGetMember(name, out var value);
        return new ScriptObject { ["key"] = name, ["value"] = value };
    }

    private static object[] Boxes()
    {
        var boxes = new object[LargestKept - SmallestKept + 1];
        for (var i = 0; i < boxes.Length; i++) boxes[i] = (long)(i + SmallestKept);
        return boxes;
    }

    private const int SmallestKept = -16;
    private const int LargestKept = 255;

    // Boxed once: most numbers of a template are indexes and counts.
    private static readonly object[] Kept = Boxes();
    private static readonly object True = true;
    private static readonly object False = false;
}
