using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using HandshakeToMermaid.Templating.Functions;
using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// One render: the variables in sight, the output, and what is left of the limits. A failure ends the render, so
/// nothing here is put back in order on the way out.
/// </summary>
internal sealed class RenderContext
{
    private readonly List<ObjectScope> objects = [];
    private Dictionary<string, int>? cycles;
    private StringBuilder output;
    private int loops;
    private int calls;
    private long steps;
    private long written;
    private long built;

    public RenderContext(StringBuilder output, IScriptObject model, RenderOptions options)
    {
        this.output = output;
        Options = options;
        objects.Add(new ObjectScope(new PageVariables(model)));
    }

    public RenderOptions Options { get; }

    /// <summary>What is being run: where a failure points.</summary>
    public SourceSpan At { get; set; }

    public LocalScope Local { get; set; } = new();

    public object? ReturnValue { get; set; }

    /// <summary>Written before every line that begins while it is set; null for none.</summary>
    public string? Indent { get; set; }

    /// <summary>Whether what was written last ended a line.</summary>
    public bool AtLineStart { get; set; }

    public bool IsInLoop => loops > 0;

    public IScriptObject This => objects[^1].Members;

    public TemplateException Error(string text) => At.Error(text);

    /// <summary>Looks through the loops and objects from the innermost outwards, then through the language's own functions.</summary>
    public bool TryGetVariable(string name, out object? value)
    {
        for (var i = objects.Count - 1; i >= 0; i--)
        {
            var variables = objects[i].Loops;
            for (var j = variables.Count - 1; j >= 0; j--)
            {
                if (variables[j].Name != name) continue;
                value = variables[j].Value;
                return true;
            }
            if (objects[i].Members.TryGetMember(name, out value)) return true;
        }
        return Builtins.TryGet(name, out value);
    }

    /// <summary>Sets a variable of the innermost object; false when it is read-only.</summary>
    public bool SetVariable(string name, object? value)
    {
        if (objects[^1].Members is not IMutableObject members) return false;
        members.SetMember(name, value);
        return true;
    }

    /// <summary>Makes an object's members variables; gives the local variables to come back to.</summary>
    public LocalScope PushObject(IScriptObject members, LocalScope local)
    {
        var outer = Local;
        objects.Add(new ObjectScope(members));
        Local = local;
        return outer;
    }

    public void PopObject(LocalScope outer)
    {
        objects.RemoveAt(objects.Count - 1);
        Local = outer;
    }

    /// <summary>Begins a loop, whose state is a variable of its own; gives what <see cref="LeaveLoop"/> needs.</summary>
    public (int Object, int Local) EnterLoop(string name, LoopState state)
    {
        var mark = (objects[^1].Loops.Count, Local.Loops.Count);
        loops++;
        objects[^1].Loops.Add(new LoopVariable(name, state));
        return mark;
    }

    public void LeaveLoop((int Object, int Local) mark)
    {
        loops--;
        var variables = objects[^1].Loops;
        variables.RemoveRange(mark.Object, variables.Count - mark.Object);
        Local.Loops.RemoveRange(mark.Local, Local.Loops.Count - mark.Local);
    }

    /// <summary>Gives the loop's variable a place; -1 for a path, which is assigned to like any other.</summary>
    public int DeclareLoopVariable(PathExpression variable)
    {
        switch (variable)
        {
            case VariableExpression { Name: var name }:
                objects[^1].Loops.Add(new LoopVariable(name, Value: null));
                return objects[^1].Loops.Count - 1;
            case LocalExpression { Name: var name }:
                Local.Loops.Add(new LoopVariable(name, Value: null));
                return Local.Loops.Count - 1;
            default:
                return -1;
        }
    }

    public void SetLoopVariable(PathExpression variable, int slot, object? value)
    {
        var variables = variable is LocalExpression ? Local.Loops : objects[^1].Loops;
        variables[slot] = variables[slot] with { Value = value };
    }

    public object? TakeReturnValue()
    {
        var value = ReturnValue;
        ReturnValue = null;
        return value;
    }

    /// <summary>Begins a call of a function or an include.</summary>
    public void EnterCall(SourceSpan at)
    {
        At = at;
        if (++calls > Options.Limits.Recursion) throw Error($"calls are nested deeper than {Options.Limits.Recursion}");
        EnsureStack();
        Step(1);
    }

    public void LeaveCall() => calls--;

    public void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Error("calls and blocks are nested too deep");
    }

    /// <summary>Counts loop steps, and list items made or written.</summary>
    public void Step(long count)
    {
        steps += count;
        if (steps > Options.Limits.LoopIterations) throw Error($"loops and lists took more than {Options.Limits.LoopIterations} steps");
    }

    /// <summary>Sends what is written to a text of its own, until <see cref="PopOutput"/>.</summary>
    public StringBuilder PushOutput()
    {
        var outer = output;
        output = new StringBuilder();
        return outer;
    }

    public string PopOutput(StringBuilder outer)
    {
        var text = output.ToString();
        output = outer;
        return text;
    }

    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: Write(text); break;
            case long or double or int: WriteNumber((ISpanFormattable)value); break;
            default: Write(Text(value)); break;
        }
    }

    public void Write(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        if (Indent is null)
        {
            Append(text);
            AtLineStart = text[^1] == '\n';
            return;
        }
        while (!text.IsEmpty)
        {
            if (AtLineStart) Append(Indent);
            var line = text[..(text.IndexOf('\n') is var end and >= 0 ? end + 1 : text.Length)];
            Append(line);
            AtLineStart = line[^1] == '\n';
            text = text[line.Length..];
        }
    }

    /// <summary>A value as text; null is none.</summary>
    public string Text(object? value)
    {
        if (value is string text) return text;
        if (value is null) return "";
        var builder = new StringBuilder();
        Values.Append(this, builder, value);
        Build(builder.Length);
        return builder.ToString();
    }

    /// <summary>Keeps the text of nested lists and objects within the limits while it grows.</summary>
    public void CheckText(StringBuilder text, int depth)
    {
        if (depth > Options.Limits.Recursion) throw Error($"a list or object is nested deeper than {Options.Limits.Recursion}");
        if (text.Length > Options.Limits.OutputCharacters) throw TooLong();
    }

    /// <summary>A value as a 32-bit integer, as indexes and lengths are.</summary>
    public int Integer(object? value)
    {
        var number = value switch
        {
            null => 0,
            bool truth => truth ? 1 : 0,
            _ when Values.TryInteger(value, out var integer) => integer,
            _ when Values.TryDouble(value, out var fraction) => Math.Round(fraction),
            string text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => double.NaN,
        };
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Error($"expected a 32-bit integer instead of {Values.KindOf(value)}");
    }

    public string Join(string separator, params ReadOnlySpan<string> texts)
    {
        var length = (long)separator.Length * Math.Max(0, texts.Length - 1);
        foreach (var text in texts) length += text.Length;
        Build(length);
        return string.Join(separator, texts);
    }

    public string Repeat(string text, int times)
    {
        if (times <= 0 || text.Length == 0) return "";
        Build((long)text.Length * times);
        return new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
    }

    /// <summary>Counts the characters of a new text, before it is made where it could be long.</summary>
    public void Build(long characters)
    {
        built += characters;
        if (built > Options.Limits.OutputCharacters) throw TooLong();
    }

    /// <summary>The next turn of <c>array.cycle</c> for a group.</summary>
    public int NextOfCycle(string group, int count)
    {
        cycles ??= [];
        var turn = cycles.GetValueOrDefault(group) % count;
        cycles[group] = turn + 1;
        return turn;
    }

    private void WriteNumber(ISpanFormattable number)
    {
        Span<char> digits = stackalloc char[32];
        if (number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)) Write(digits[..length]);
        else Write(Text(number));
    }

    private void Append(ReadOnlySpan<char> text)
    {
        written += text.Length;
        if (written > Options.Limits.OutputCharacters) throw TooLong();
        output.Append(text);
    }

    private TemplateException TooLong() => Error($"the text grew beyond {Options.Limits.OutputCharacters} characters");
}
