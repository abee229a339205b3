using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols;

/// <summary>
/// Keeps what a stream says and has it read when the stream is over, or has become long. Reading makes many small objects; made at the
/// end they are gone before a collection looks at them, where those of a thousand open connections would be moved by each.
/// </summary>
/// <param name="begin">Begins to read.</param>
/// <param name="nameIn">Finds the server's name in the first bytes of who opened the connection.</param>
/// <param name="mostBytes">Bytes kept, of both directions together: when there are more, reading goes along with the stream.</param>
public sealed class DeferredDialogue(Func<IStreamDialogue> begin, DeferredDialogue.NameFinder nameIn, int mostBytes) : IStreamDialogue
{
    /// <summary>Finds a name without reading everything; false where it is not sure to be what reading finds.</summary>
    public delegate bool NameFinder(ReadOnlySpan<byte> first, out string? name);

    private IStreamDialogue? dialogue;
    private byte[] kept = [];
    private int filled;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (dialogue is null && !TryKeep(new Entry(from, bytes.Length, mark, default), bytes)) GoAlong();
        if (dialogue is not null && !dialogue.IsSatisfied(from)) dialogue.Bytes(from, bytes, mark);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (dialogue is null && !TryKeep(new Entry(from, GapEntry, default, gap), [])) GoAlong();
        if (dialogue is not null && !dialogue.IsSatisfied(from)) dialogue.Gap(from, gap);
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => dialogue is not null && dialogue.IsSatisfied(from);

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> SoFar() => GoAlong().SoFar();

    /// <inheritdoc/>
    /// <remarks>
    /// What reads is not noted here: this object may be old by now, and what an old object refers to outlives the next collection even
    /// where nobody needs either.
    /// </remarks>
    public IReadOnlyList<ProtocolFacts> Finish()
    {
        if (dialogue is not null) return dialogue.Finish();
        var reader = begin();
        ReadInto(reader);
        return reader.Finish();
    }

    /// <inheritdoc/>
    public bool TryServerName(out string? name)
    {
        name = null;
        if (dialogue is not null || filled == 0) return false;
        var entry = MemoryMarshal.Read<Entry>(kept);
        return entry is { From: Direction.Forward, Length: > 0 } && nameIn(kept.AsSpan(EntryLength, entry.Length), out name);
    }

    /// <inheritdoc/>
    public string? AskedName => dialogue is not null ? dialogue.AskedName : TryServerName(out var name) ? name : null;

    private bool TryKeep(Entry entry, ReadOnlySpan<byte> bytes)
    {
        var needed = filled + EntryLength + bytes.Length;
        if (needed > mostBytes) return false;
        if (needed > kept.Length) Grow(needed);
        MemoryMarshal.Write(kept.AsSpan(filled), in entry);
        bytes.CopyTo(kept.AsSpan(filled + EntryLength));
        filled = needed;
        return true;
    }

    private void Grow(int needed)
    {
        var larger = StreamBuffers.Rent(Math.Max(needed, FirstRoom));
        kept.AsSpan(0, filled).CopyTo(larger);
        if (kept.Length > 0) StreamBuffers.Return(kept);
        kept = larger;
    }

    /// <summary>From here on reading goes along with the stream.</summary>
    private IStreamDialogue GoAlong()
    {
        if (dialogue is not null) return dialogue;
        dialogue = begin();
        ReadInto(dialogue);
        return dialogue;
    }

    /// <summary>Has what was kept read as if it came now, as long as it is wanted.</summary>
    private void ReadInto(IStreamDialogue reader)
    {
        for (var at = 0; at < filled;)
        {
            var entry = MemoryMarshal.Read<Entry>(kept.AsSpan(at));
            at += EntryLength;
            var bytes = entry.IsGap ? default : kept.AsSpan(at, entry.Length);
            at += bytes.Length;
            if (reader.IsSatisfied(entry.From)) continue;
            if (entry.IsGap) reader.Gap(entry.From, entry.Gap);
            else reader.Bytes(entry.From, bytes, entry.Mark);
        }

        GiveBack();
    }

    private void GiveBack()
    {
        if (kept.Length > 0) StreamBuffers.Return(kept);
        kept = [];
        filled = 0;
    }

    /// <summary>What came, in front of its bytes.</summary>
    private readonly record struct Entry(Direction From, int Length, FrameMark Mark, StreamGap Gap)
    {
        public bool IsGap => Length == GapEntry;
    }

    private static readonly int EntryLength = Unsafe.SizeOf<Entry>();

    /// <summary>The length of an entry that stands for a hole.</summary>
    private const int GapEntry = -1;

    /// <summary>A handshake with a chain of two certificates fits.</summary>
    private const int FirstRoom = 4096;
}
