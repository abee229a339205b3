using System.Diagnostics.CodeAnalysis;

namespace HandshakeToMermaid.Wire;

/// <summary>
/// What was decoded from bytes that came before. Each place of the table holds what was there last, so it never grows, and
/// a capture in which nothing repeats costs a look and a copy. Threads may share it: a place is read and written as one.
/// </summary>
/// <param name="places">How many are remembered; a power of two.</param>
/// <param name="longest">Bytes above which nothing is remembered.</param>
internal sealed class RepeatedBytes<T>(int places, int longest)
    where T : class
{
    private readonly Entry?[] entries = new Entry?[places];

    /// <summary>True where the same bytes of the same kind were decoded before.</summary>
    /// <param name="kind">As what they are decoded.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="decoded">What came out.</param>
    /// <param name="same">The same bytes, as they were remembered.</param>
    public bool TryFind(uint kind, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? decoded, out ReadOnlyMemory<byte> same)
    {
        var entry = PlaceOf(kind, bytes);
        var isKnown = entry is not null && entry.Kind == kind && bytes.SequenceEqual(entry.Bytes.Span);
        (decoded, same) = isKnown ? (entry!.Decoded, entry.Bytes) : (null, default);
        return isKnown;
    }

    /// <summary>Remembers what was decoded; the bytes must not change any more.</summary>
    public void Remember(uint kind, ReadOnlyMemory<byte> bytes, T decoded)
    {
        if (bytes.Length <= longest) PlaceOf(kind, bytes.Span) = new Entry(kind, bytes, decoded);
    }

    private ref Entry? PlaceOf(uint kind, ReadOnlySpan<byte> bytes) => ref entries[SpanHash.Of(bytes, kind) & (uint)(entries.Length - 1)];

    private sealed record Entry(uint Kind, ReadOnlyMemory<byte> Bytes, T Decoded);
}
