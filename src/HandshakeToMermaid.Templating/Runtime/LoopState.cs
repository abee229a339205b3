namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>What a loop's body reads as <c>for.index</c> and its like; a <c>while</c> has no list and so no end in sight.</summary>
internal sealed class LoopState(ListWindow? list) : IScriptObject
{
    private int index;
    private object? previous;

    /// <summary>The item of this step.</summary>
    public object? Current { get; private set; } = list is { Count: > 0 } window ? window[0] : null;

    public IEnumerable<string> MemberNames => [];

    /// <summary>Goes to the next step; false at the end of the list.</summary>
    public bool MoveNext()
    {
        index++;
        if (list is not { } window || index >= window.Count) return false;
        previous = Current;
        Current = window[index];
        return true;
    }

    public bool TryGetMember(string name, out object? value)
    {
        value = name switch
        {
            "index" => Values.Box(index),
            "first" => Values.Box(index == 0),
            "even" => Values.Box(index % 2 == 0),
            "odd" => Values.Box(index % 2 == 1),
            "last" when list is { } window => Values.Box(index == window.Count - 1),
            "length" when list is { } window => Values.Box(window.Count),
            "rindex" when list is { } window => Values.Box(window.Count - index - 1),
            "changed" when list is not null => Values.Box(index == 0 || !ValueComparer.Instance.Equals(previous, Current)),
            _ => null,
        };
        return value is not null;
    }
}
