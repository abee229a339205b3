namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Puts what is finished back into the order in which it began. Everything that begins draws a ticket, 1 for the first;
/// it is later settled with a result or with nothing, and results come out once all smaller tickets are settled.
/// </summary>
/// <typeparam name="T">What is put in order.</typeparam>
public sealed class TicketQueue<T>(Action<T> release)
    where T : class
{
    /// <summary>Settles a ticket; null means that nothing comes of it. A ticket that was settled before stays as it is.</summary>
    public void Settle(long ticket, T? result)
    {
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
