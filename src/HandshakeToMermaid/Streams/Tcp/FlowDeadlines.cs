namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Open flows by the time at which they are to be closed: a binary heap with one entry per flow, ties in the order of their ordinals.
/// An entry may be earlier than the flow's true deadline, which moves with every packet; it is corrected when it comes
/// to the top, so that a packet costs nothing here.
/// </summary>
internal sealed class FlowDeadlines
{
    private Entry[] heap = new Entry[64];

    /// <summary>Flows in the heap.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest noted deadline, in nanoseconds; <see cref="long.MaxValue"/> where there is no flow.</summary>
    public long Earliest => Count > 0 ? heap[0].Deadline : long.MaxValue;

    /// <summary>The flow with the earliest noted deadline.</summary>
    public TcpFlow First => heap[0].Flow;

    /// <summary>Adds a flow.</summary>
    public void Add(TcpFlow flow, long deadline)
    {
        if (Count == heap.Length) Array.Resize(ref heap, heap.Length * 2);
        Up(Count++, new Entry(deadline, flow));
    }

    /// <summary>Notes another deadline for a flow.</summary>
    public void Move(TcpFlow flow, long deadline)
    {
        var entry = new Entry(deadline, flow);
        var at = flow.HeapIndex;
        if (IsBefore(entry, heap[at])) Up(at, entry);
        else Down(at, entry);
    }

    /// <summary>Takes a flow out.</summary>
    public void Remove(TcpFlow flow)
    {
        var at = flow.HeapIndex;
        var last = heap[--Count];
        heap[Count] = default;
        if (at == Count) return;
        if (IsBefore(last, heap[at])) Up(at, last);
        else Down(at, last);
    }

    /// <summary>All flows, in no order.</summary>
    public TcpFlow[] ToArray()
    {
        var flows = new TcpFlow[Count];
        for (var i = 0; i < Count; i++) flows[i] = heap[i].Flow;
        return flows;
    }

    private void Up(int at, Entry entry)
    {
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (!IsBefore(entry, heap[parent])) break;
            Put(at, heap[parent]);
            at = parent;
        }

        Put(at, entry);
    }

    private void Down(int at, Entry entry)
    {
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBefore(heap[child + 1], heap[child])) child++;
            if (!IsBefore(heap[child], entry)) break;
            Put(at, heap[child]);
            at = child;
        }

        Put(at, entry);
    }

    private void Put(int at, Entry entry)
    {
        heap[at] = entry;
        entry.Flow.HeapIndex = at;
    }

    private static bool IsBefore(Entry left, Entry right) =>
        left.Deadline != right.Deadline ? left.Deadline < right.Deadline : left.Flow.Ordinal < right.Flow.Ordinal;

    private readonly record struct Entry(long Deadline, TcpFlow Flow);
}
