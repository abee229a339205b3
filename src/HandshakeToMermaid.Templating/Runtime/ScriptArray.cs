using System.Collections;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>A list, as <c>[a, b]</c> makes it. It may have members besides: the named arguments in <c>$</c> are such.</summary>
internal sealed class ScriptArray : IMutableObject, IReadOnlyList<object?>
{
    private readonly List<object?> items;
    private ScriptObject? members;

    /// <summary>Starts empty, with room for <paramref name="capacity"/> items.</summary>
    public ScriptArray(int capacity = 0) => items = new List<object?>(capacity);

    /// <summary>Copies <paramref name="values"/>.</summary>
    public ScriptArray(IEnumerable<object?> values) => items = [.. values];

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public object? this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerable<string> MemberNames => ["size", .. members?.MemberNames ?? []];

    /// <summary>Adds an item at the end.</summary>
    public void Add(object? item) => items.Add(item);

    /// <inheritdoc/>
    public bool TryGetMember(string name, out object? value)
    {
        value = name == "size" ? Values.Box(items.Count) : null;
        return value is not null || (members?.TryGetMember(name, out value) ?? false);
    }

    /// <inheritdoc/>
    void IMutableObject.SetMember(string name, object? value) => (members ??= [])[name] = value;

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sets an item; those missing before it become null.</summary>
    internal void Set(int index, object? value)
    {
        while (items.Count <= index) items.Add(null);
        items[index] = value;
    }

    /// <summary>The items, to be sorted and cut by those who made this array.</summary>
    internal List<object?> Items => items;
}
