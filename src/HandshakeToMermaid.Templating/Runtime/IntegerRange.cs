using System.Collections;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary><c>from..to</c>, upwards or downwards, made as it is read.</summary>
internal sealed class IntegerRange(long first, int count, int step) : IReadOnlyList<object?>
{
    public int Count => count;

    public object? this[int index] => Values.Box(first + (long)index * step);

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
