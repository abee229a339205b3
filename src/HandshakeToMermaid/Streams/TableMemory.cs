namespace HandshakeToMermaid.Streams;

/// <summary>
/// What the flow tables of one run hold in memory, by estimate: each flow is charged for its state, its recorded bytes and what waits out of order. The
/// charge depends on the packets alone, never on threads or buffers used again, so that the same capture always gives up the same flows.
/// </summary>
/// <param name="limit">Bytes that may be held.</param>
internal sealed class TableMemory(long limit)
{
    /// <summary>Bytes held.</summary>
    public long Used { get; private set; }

    /// <summary>True where flows must be given up.</summary>
    public bool IsExceeded => Used > limit;

    /// <summary>Sets what a flow holds, in bytes; 0 once it is closed.</summary>
    public void Charge(Flow flow, int bytes)
    {
        Used += bytes - flow.Charged;
        flow.Charged = bytes;
    }
}
