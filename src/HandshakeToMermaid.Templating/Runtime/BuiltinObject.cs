namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>The functions of one kind, such as <c>string</c>.</summary>
internal sealed class BuiltinObject(string name) : IScriptObject
{
    private readonly Dictionary<string, object?> functions = [];

    public string Name { get; } = name;

    public IEnumerable<string> MemberNames => functions.Keys;

    public bool TryGetMember(string name, out object? value) => functions.TryGetValue(name, out value);

    /// <summary>Adds a function; <see cref="BuiltinFunction"/> says how its signature is written.</summary>
    public BuiltinObject With(string function, string signature, Builtin body)
    {
        functions.Add(function, new BuiltinFunction($"{Name}.{function}", signature, body));
        return this;
    }
}
