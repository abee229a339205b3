namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>An object whose members are variables, and the variables of the loops begun while it is the innermost one.</summary>
internal sealed class ObjectScope(IScriptObject members)
{
    public IScriptObject Members { get; } = members;

    public List<LoopVariable> Loops { get; } = [];
}
