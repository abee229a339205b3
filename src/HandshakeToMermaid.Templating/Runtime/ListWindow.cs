namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>The part of a list that a loop walks, in either direction.</summary>
internal readonly record struct ListWindow(IReadOnlyList<object?> List, int First, int Step, int Count)
{
    public object? this[int index]
    {
        get
        {
            // The loop's body may have cut the list.
            var at = First + index * Step;
            return at < List.Count ? List[at] : null;
        }
    }
}
