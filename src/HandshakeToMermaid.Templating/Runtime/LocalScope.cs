using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>The <c>$</c> variables of one run of a page, an include or a function.</summary>
internal sealed class LocalScope
{
    private ScriptObject? variables;

    /// <summary><c>$</c>: the arguments; null at the top of a page.</summary>
    public object? Arguments { get; set; }

    /// <summary><c>$$</c>: the block passed by <c>wrap</c>.</summary>
    public Block? Wrapped { get; init; }

    public List<LoopVariable> Loops { get; } = [];

    public object? Find(string name)
    {
        for (var i = Loops.Count - 1; i >= 0; i--)
        {
            if (Loops[i].Name == name) return Loops[i].Value;
        }
        return name.Length == 0 ? Arguments : variables?[name];
    }

    public void Set(string name, object? value)
    {
        if (name.Length == 0) Arguments = value;
        else (variables ??= [])[name] = value;
    }
}
