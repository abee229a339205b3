namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>Something that can be called: a function of the language, or one written in a template.</summary>
internal abstract class ScriptFunction
{
    public abstract object? Invoke(RenderContext context, Call call);
}
