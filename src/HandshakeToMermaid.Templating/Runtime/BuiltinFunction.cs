namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>A function of the language.</summary>
/// <param name="name">Its full name, for messages.</param>
/// <param name="signature">The parameters, parted by blanks; a question mark behind those that may be left out.</param>
/// <param name="body">What it does.</param>
internal sealed class BuiltinFunction(string name, string signature, Builtin body) : ScriptFunction
{
    private readonly string[] parameters = [.. signature.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.TrimEnd('?'))];
    private readonly int required = signature.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(p => !p.EndsWith('?'));

    public override object? Invoke(RenderContext context, Call call)
    {
        var arguments = call.Values;
        if (arguments.Length > parameters.Length) throw call.At.Error($"too many arguments: `{name}` takes {signature}");
        if (call.Named is not null || arguments.Length < parameters.Length) arguments = Complete(call);
        context.At = call.At;
        return body(context, arguments);
    }

    private object?[] Complete(Call call)
    {
        var arguments = new object?[parameters.Length];
        call.Values.CopyTo(arguments, 0);
        var given = (1 << call.Values.Length) - 1;
        foreach (var (key, value) in call.Named ?? [])
        {
            var at = Array.IndexOf(parameters, key);
            if (at < 0) throw call.At.Error($"`{name}` has no parameter `{key}`: it takes {signature}");
            arguments[at] = value;
            given |= 1 << at;
        }
        for (var i = 0; i < required; i++)
        {
            if ((given & (1 << i)) == 0) throw call.At.Error($"the argument `{parameters[i]}` is missing: `{name}` takes {signature}");
        }
        return arguments;
    }
}
