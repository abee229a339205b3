namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Puts results back into the order in which their connections began. Everything that begins has an ordinal, 1 for the first; it is completed once, with
/// a result or without, and results are released when all smaller ordinals are completed.
/// </summary>
/// <typeparam name="T">The results.</typeparam>
/// <param name="release">Receives each result in order; null for a connection that counts and has nothing to show.</param>
internal sealed class CompletionQueue<T>(Action<T?> release)
    where T : class
{
    private readonly Dictionary<long, Entry> completed = [];
    private long next = 1;

    /// <summary>Completes an ordinal with a connection. One that was completed before stays as it is.</summary>
    /// <param name="ordinal">The ordinal.</param>
    /// <param name="result">What is released; null where the connection only counts.</param>
    public void Complete(long ordinal, T? result) => Complete(ordinal, new Entry(true, result));

    /// <summary>Completes an ordinal that becomes no connection.</summary>
    public void CompleteWithout(long ordinal) => Complete(ordinal, default(Entry));

    private void Complete(long ordinal, Entry entry)
    {
        if (ordinal < next) return;
        completed.TryAdd(ordinal, entry);
        while (completed.Remove(next, out var ready))
        {
            next++;
            if (ready.IsConnection) release(ready.Result);
        }
    }

    private readonly record struct Entry(bool IsConnection, T? Result);
}
