using System.Buffers;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Puts steps in the order of time. Steps of one direction that became readable together keep the order in which they were sent. For one use: its room is rented.</summary>
internal sealed class StepSequence
{
    private Entry[] entries;
    private int count;
    private bool hasEnd;

    /// <summary>An empty sequence with room for some steps.</summary>
    public StepSequence(int capacity) => entries = ArrayPool<Entry>.Shared.Rent(capacity);

    /// <summary>True where each step completes no earlier than the one before it.</summary>
    public static bool IsOrdered(IReadOnlyList<Step> steps)
    {
        for (var i = 1; i < steps.Count; i++)
        {
            var (before, after) = (steps[i - 1].Last, steps[i].Last);
            if (after.Time < before.Time || (after.Time == before.Time && after.Frame < before.Frame)) return false;
        }

        return true;
    }

    /// <summary>Adds what one protocol says, in the order in which it says it; of steps that share a frame those added first come first.</summary>
    public void Add(IReadOnlyList<Step> steps)
    {
        if (entries.Length < count + steps.Count) Grow(count + steps.Count);
        long forward = 0, reverse = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            // A piece that came early waits for the ones before it and stays behind them.
            ref var reached = ref steps[i].From == Direction.Forward ? ref forward : ref reverse;
            reached = Math.Max(reached, steps[i].Last.Frame);
            hasEnd |= steps[i].IsEndOfStream;
            entries[count++] = new Entry(steps[i].Last.Time.Nanoseconds, reached, steps[i]);
        }
    }

    /// <summary>Everything that was added, in order. Ends the use of the sequence.</summary>
    public Step[] ToArray()
    {
        if (hasEnd) PlaceEnds();

        // Nearly in order, and what is equal keeps its place.
        for (var i = 1; i < count; i++)
        {
            var entry = entries[i];
            var j = i;
            for (; j > 0 && IsBefore(entry, entries[j - 1]); j--) entries[j] = entries[j - 1];
            entries[j] = entry;
        }

        var steps = new Step[count];
        for (var i = 0; i < count; i++) steps[i] = entries[i].Step;
        Release();
        (entries, count) = ([], 0);
        return steps;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<Entry>.Shared.Rent(needed);
        entries.AsSpan(0, count).CopyTo(larger);
        Release();
        entries = larger;
    }

    /// <summary>Gives the room back without the steps, which it would keep alive.</summary>
    private void Release()
    {
        entries.AsSpan(0, count).Clear();
        ArrayPool<Entry>.Shared.Return(entries);
    }

    /// <summary>The end of a stream stands behind the bytes that came with it, or that it had overtaken.</summary>
    private void PlaceEnds()
    {
        for (var i = 0; i < count; i++)
        {
            if (!entries[i].Step.IsEndOfStream) continue;
            for (var j = 0; j < count; j++)
            {
                var other = entries[j];
                if (other.Time != entries[i].Time || other.Step.From != entries[i].Step.From || other.Step.Helper is not null) continue;
                entries[i] = entries[i] with { Frame = Math.Max(entries[i].Frame, other.Frame) };
            }
        }
    }

    private static bool IsBefore(in Entry left, in Entry right)
    {
        if (left.Time != right.Time) return left.Time < right.Time;
        if (left.Frame != right.Frame) return left.Frame < right.Frame;
        return !left.Step.IsEndOfStream && right.Step.IsEndOfStream;
    }

    private readonly record struct Entry(long Time, long Frame, Step Step);
}
