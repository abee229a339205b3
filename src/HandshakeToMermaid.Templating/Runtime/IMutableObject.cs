namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>An object whose members a template may set.</summary>
internal interface IMutableObject : IScriptObject
{
    void SetMember(string name, object? value);
}
