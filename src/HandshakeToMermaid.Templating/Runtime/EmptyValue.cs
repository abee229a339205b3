namespace HandshakeToMermaid.Templating.Runtime;

/// <summary><c>empty</c>: equal to every list and object that has nothing in it; false, and written as nothing.</summary>
internal sealed class EmptyValue
{
    private EmptyValue()
    {
    }

    public static EmptyValue Instance { get; } = new();
}
