using System.Numerics;

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
    // The ordinal n stands at place n modulo the length, a power of two.
    private Entry[] waiting = new Entry[FirstRoom];
    private long next = 1;

    /// <summary>Completes an ordinal with a connection. One that was completed before stays as it is.</summary>
    /// <param name="ordinal">The ordinal.</param>
    /// <param name="result">What is released; null where the connection only counts.</param>
    public void Complete(long ordinal, T? result) => Complete(ordinal, new Entry(Completion.WithConnection, result));

    /// <summary>Completes an ordinal that becomes no connection.</summary>
    public void CompleteWithout(long ordinal) => Complete(ordinal, new Entry(Completion.Without, null));

    private void Complete(long ordinal, Entry entry)
    {
        if (ordinal < next) return;
        if (ordinal - next >= waiting.Length) Grow(ordinal - next);
        ref var place = ref At(ordinal);
        if (place.Completion == Completion.Open) place = entry;
        while (At(next) is { Completion: not Completion.Open } ready)
        {
            At(next++) = default;
            if (ready.Completion == Completion.WithConnection) release(ready.Result);
        }
    }

    private void Grow(long ahead)
    {
        var old = waiting;
        waiting = new Entry[BitOperations.RoundUpToPowerOf2((ulong)ahead + 1)];
        for (var i = 0; i < old.Length; i++) At(next + i) = old[(next + i) & (old.Length - 1)];
    }

    private ref Entry At(long ordinal) => ref waiting[ordinal & (waiting.Length - 1)];

    private const int FirstRoom = 64;

    private enum Completion : byte
    {
        Open,
        Without,
        WithConnection,
    }

    private readonly record struct Entry(Completion Completion, T? Result);
}
