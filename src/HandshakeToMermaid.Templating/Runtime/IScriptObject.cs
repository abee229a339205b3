namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// An object that templates read: its members by name. Values are strings, bools, integers up to 64 bits, doubles,
/// null, other such objects, and lists (anything enumerable; a list with an index is read without a copy).
/// </summary>
internal interface IScriptObject
{
    /// <summary>Gives the member of that name; false when there is none, which a template reads as null.</summary>
    bool TryGetMember(string name, out object? value);

    /// <summary>The members' names, in the order in which they are shown.</summary>
    IEnumerable<string> MemberNames { get; }
}
