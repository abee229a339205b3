using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// A few named values for a template. Looked up by walking: there are never more than a handful. A value that costs
/// something is given as a function and made when a template first asks for it.
/// </summary>
internal sealed class TemplateModel(params (string Name, object? Value)[] members) : IScriptObject
{
    /// <inheritdoc/>
    public IEnumerable<string> MemberNames => members.Select(m => m.Name);

    /// <inheritdoc/>
    public bool TryGetMember(string name, out object? value)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i].Name != name) continue;
            if (members[i].Value is Func<object?> make) members[i].Value = make();
            value = members[i].Value;
            return true;
        }
        value = null;
        return false;
    }
}
