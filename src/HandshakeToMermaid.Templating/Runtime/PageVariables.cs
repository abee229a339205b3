namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>The model with what the page has set over it: a render never changes the model itself.</summary>
internal sealed class PageVariables(IScriptObject model) : IMutableObject
{
    private ScriptObject? written;

    public IEnumerable<string> MemberNames => model.MemberNames.Union(written?.MemberNames ?? [], StringComparer.Ordinal);

    public bool TryGetMember(string name, out object? value) =>
        (written is not null && written.TryGetMember(name, out value)) || model.TryGetMember(name, out value);

    public void SetMember(string name, object? value) => (written ??= [])[name] = value;
}
