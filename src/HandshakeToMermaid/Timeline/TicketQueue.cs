namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Puts what is finished back into the order in which it began. Everything that begins draws a ticket, 1 for the first;
/// it is later settled with a result or with nothing, and results come out once all smaller tickets are settled.
/// </summary>
/// <typeparam name="T">What is put in order.</typeparam>
/// <param name="release">Takes what comes out.</param>
/// <param name="isAtOnce">True where nothing may wait for what began before it, as on a live interface: results come out as they are settled.</param>
public sealed class TicketQueue<T>(Action<T> release, bool isAtOnce = false)
    where T : class
{
    /// <summary>Settles a ticket; null means that nothing comes of it. A ticket that was settled before stays as it is.</summary>
    public void Settle(long ticket, T? result)
    {
        if (isAtOnce)
        {
            if (result is not null) release(result);
            return;
        }

        if (ticket < next) return;
        settled.TryAdd(ticket, result);
        while (settled.Remove(next, out var ready))
        {
            next++;
            if (ready is not null) release(ready);
        }
    }

    private readonly Dictionary<long, T?> settled = [];
    private long next = 1;
}
