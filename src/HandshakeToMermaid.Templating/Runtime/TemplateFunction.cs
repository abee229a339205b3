using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// A function written in a template. Without parameters it reads <c>$</c> and sets its caller's variables; with
/// parameters it has variables of its own, and must be called with what they ask for.
/// </summary>
internal sealed class TemplateFunction(FunctionDefinition definition) : ScriptFunction
{
    public override object? Invoke(RenderContext context, Call call)
    {
        context.EnterCall(call.At);
        object? result;
        if (definition.Parameters is { } parameters)
        {
            var members = new ScriptObject();
            var arguments = Bind(parameters, call, members);
            var outer = context.PushObject(members, new LocalScope { Arguments = arguments, Wrapped = call.Wrapped });
            result = Run(context);
            context.PopObject(outer);
        }
        else
        {
            var outer = context.Local;
            context.Local = new LocalScope { Arguments = Arguments(call), Wrapped = call.Wrapped };
            result = Run(context);
            context.Local = outer;
        }
        context.LeaveCall();
        context.At = call.At;
        return result;
    }

    private object? Run(RenderContext context)
    {
        if (definition.Body is null) return definition.Value!.Evaluate(context);
        return definition.Body.Execute(context) == Flow.Return ? context.TakeReturnValue() : null;
    }

    private static ScriptArray Arguments(Call call)
    {
        var arguments = new ScriptArray(call.Values);
        foreach (var (name, value) in call.Named ?? []) ((IMutableObject)arguments).SetMember(name, value);
        return arguments;
    }

    private static ScriptArray Bind(Parameter[] parameters, Call call, ScriptObject members)
    {
        var arguments = new ScriptArray(parameters.Length);
        var taken = 0;
        var named = 0;
        foreach (var parameter in parameters)
        {
            var value = parameter.Default;
            if (parameter.TakesRest)
            {
                value = new ScriptArray(call.Values.Skip(taken));
                taken = call.Values.Length;
            }
            else if (taken < call.Values.Length)
            {
                value = call.Values[taken++];
            }
            else if (call.Named?.FindIndex(a => a.Key == parameter.Name) is int at and >= 0)
            {
                value = call.Named[at].Value;
                named++;
            }
            else if (!parameter.IsOptional)
            {
                throw call.At.Error($"the argument `{parameter.Name}` is missing");
            }
            members[parameter.Name] = value;
            arguments.Add(value);
        }
        if (taken + named < call.Values.Length + (call.Named?.Count ?? 0)) throw call.At.Error($"too many arguments: the function takes {parameters.Length}");
        return arguments;
    }
}
