namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Puts what is finished back into the order in which it began. A ticket is drawn when something begins; it is later
/// settled with a result or with nothing, and results come out once everything that began before them is settled.
/// </summary>
/// <typeparam name="T">What is put in order.</typeparam>
public sealed class TicketQueue<T>(Action<T> release)
    where T : class
{
    /// <summary>Draws the next ticket, from 1.</summary>
    public long Draw()
    {
        var place = new Place();
        places.Enqueue(place);
        open[++last] = place;
        return last;
    }

    /// <summary>Settles a ticket; null means that nothing comes of it. A ticket that was settled before stays as it is.</summary>
    public void Settle(long ticket, T? result)
    {
        if (!open.Remove(ticket, out var place)) return;
        place.IsSettled = true;
        place.Result = result;
        while (places.TryPeek(out var first) && first.IsSettled)
        {
            places.Dequeue();
            if (first.Result is not null) release(first.Result);
        }
    }

    private readonly Queue<Place> places = new();
    private readonly Dictionary<long, Place> open = [];
    private long last;

    private sealed class Place
    {
        public bool IsSettled;
        public T? Result;
    }
}
