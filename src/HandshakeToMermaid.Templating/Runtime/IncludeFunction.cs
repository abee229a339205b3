namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// <c>include name arguments</c>: renders another template and gives its text. There <c>$0</c> is the name, <c>$1</c>
/// the first argument, and a named argument <c>x: 1</c> is <c>$x</c>; the variables are those of here.
/// </summary>
internal sealed class IncludeFunction : ScriptFunction
{
    public override object? Invoke(RenderContext context, Call call)
    {
        if (call.Values is not [{ } first, ..] || context.Text(first) is not { Length: > 0 } name) throw call.At.Error("`include` needs a template's name");
        var template = context.Options.Includes?.Find(name) ?? throw call.At.Error($"there is no template `{name}` to include");

        context.EnterCall(call.At);
        var local = context.Local;
        context.Local = new LocalScope { Arguments = new ScriptArray(call.Values) };
        foreach (var (key, value) in call.Named ?? []) context.Local.Set(key, value);
        var outer = context.PushOutput();
        var (indent, atLineStart) = (context.Indent, context.AtLineStart);
        (context.Indent, context.AtLineStart) = (null, false);
        template.Run(context);
        (context.Indent, context.AtLineStart) = (indent, atLineStart);
        var text = context.PopOutput(outer);
        context.Local = local;
        context.LeaveCall();
        context.At = call.At;
        return text;
    }
}
