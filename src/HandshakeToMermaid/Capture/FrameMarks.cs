using System.Collections;

namespace HandshakeToMermaid.Capture;

/// <summary>Marks of frames of one kind, in the order in which they were captured. Most often there is one, which needs no list.</summary>
/// <param name="first">The first one; not set where there is none.</param>
/// <param name="later">Those after it; null where there are none.</param>
internal readonly struct FrameMarks(FrameMark first, List<FrameMark>? later) : IReadOnlyList<FrameMark>
{
    /// <inheritdoc/>
    public int Count => first.IsSet ? 1 + (later?.Count ?? 0) : 0;

    /// <inheritdoc/>
    public FrameMark this[int index] => index > 0 && later is not null ? later[index - 1] : index == 0 && first.IsSet ? first : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public IEnumerator<FrameMark> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
