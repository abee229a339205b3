using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Diagrams;

/// <summary>A few named values for a template. Looked up by walking: there are never more than a handful.</summary>
internal sealed class TemplateModel(params (string Name, object? Value)[] members) : IScriptObject
{
    /// <inheritdoc/>
    public IEnumerable<string> MemberNames => members.Select(m => m.Name);

    /// <inheritdoc/>
    public bool TryGetMember(string name, out object? value)
    {
        foreach (var member in members)
        {
            if (member.Name != name) continue;
            value = member.Value;
            return true;
        }
        value = null;
        return false;
    }
}
