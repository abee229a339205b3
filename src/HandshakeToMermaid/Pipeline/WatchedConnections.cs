using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Connections of a live capture that are drawn together at its end, in the order in which they began and with the numbers that a
/// file of the same packets gives them. Bounded: beyond the cap they are counted only.
/// </summary>
/// <param name="most">How many are stored at most.</param>
internal sealed class WatchedConnections(int most)
{
    private readonly List<(long Ticket, DiagnosedConnection Connection)> kept = [];
    private readonly List<long> ordinals = [];

    /// <summary>Connections that were wanted and found no room.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Takes a connection that is over; one that is not wanted counts for the numbers of the others.</summary>
    public void Add(DiagnosedConnection connection, bool isWanted)
    {
        var ordinal = connection.Connection.Flow?.Flow.Ordinal ?? connection.Connection.Queries[0].Ordinal;
        if (ordinals.Count < MaxNumbered) ordinals.Add(ordinal);
        if (!isWanted) return;
        if (kept.Count < most) kept.Add((ordinal, connection));
        else LeftOut++;
    }

    /// <summary>The stored ones in order.</summary>
    public IReadOnlyList<DiagnosedConnection> InOrder()
    {
        kept.Sort(static (a, b) => a.Ticket.CompareTo(b.Ticket));
        ordinals.Sort();
        foreach (var (ordinal, connection) in kept)
        {
            var place = ordinals.BinarySearch(ordinal);
            if (place >= 0) connection.Connection.Id = place + 1;
        }

        return [.. kept.Select(static k => k.Connection)];
    }

    /// <summary>Eight bytes each: a month of a busy server.</summary>
    private const int MaxNumbered = 4_000_000;
}
