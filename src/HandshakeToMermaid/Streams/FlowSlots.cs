namespace HandshakeToMermaid.Streams;

/// <summary>
/// The index of a flow table: open addressing over slots of eight bytes, a tag (the upper half of the hash) and the
/// place of the flow. Small enough to stay in the processor's cache; removal shifts back, so no dead slots remain.
/// </summary>
internal sealed class FlowSlots
{
    private Slot[] slots = new Slot[FirstSize];
    private int count;

    /// <summary>The first slot to look at.</summary>
    public int Begin(ulong hash) => (int)(Tag(hash) & (uint)(slots.Length - 1));

    /// <summary>
    /// The next place whose tag fits, -1 at the end of the chain. A fitting tag is no proof: the caller compares the
    /// endpoints and calls again.
    /// </summary>
    public int Next(ulong hash, ref int slot)
    {
        var tag = Tag(hash);
        while (true)
        {
            var candidate = slots[slot];
            if (candidate.Place == 0) return -1;
            slot = (slot + 1) & (slots.Length - 1);
            if (candidate.Tag == tag) return candidate.Place - 1;
        }
    }

    /// <summary>Adds a flow's place.</summary>
    public void Add(ulong hash, int place)
    {
        if (++count * 2 > slots.Length) Grow();
        Insert(new Slot(Tag(hash), place + 1));
    }

    /// <summary>Removes a flow's place.</summary>
    public void Remove(ulong hash, int place)
    {
        var mask = slots.Length - 1;
        var vacant = Begin(hash);
        while (slots[vacant].Place != place + 1)
        {
            if (slots[vacant].Place == 0) return;
            vacant = (vacant + 1) & mask;
        }

        count--;
        for (var at = (vacant + 1) & mask; slots[at].Place != 0; at = (at + 1) & mask)
        {
            // Backward shift: an entry may move to the vacant slot unless its own probe chain begins after it.
            var home = (int)(slots[at].Tag & (uint)mask);
            if (((at - home) & mask) < ((at - vacant) & mask)) continue;
            slots[vacant] = slots[at];
            vacant = at;
        }

        slots[vacant] = default;
    }

    private void Grow()
    {
        var old = slots;
        slots = new Slot[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Place != 0) Insert(slot);
        }
    }

    private void Insert(Slot slot)
    {
        var mask = slots.Length - 1;
        var at = (int)(slot.Tag & (uint)mask);
        while (slots[at].Place != 0) at = (at + 1) & mask;
        slots[at] = slot;
    }

    private static uint Tag(ulong hash) => (uint)(hash >> 32);

    private const int FirstSize = 1024;

    private readonly record struct Slot(uint Tag, int Place);
}
