using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Connections of a live capture that are drawn together at its end, in the order in which they began and with the numbers that a
/// file of the same packets gives them. Bounded: beyond the cap they are counted only.
/// </summary>
/// <param name="most">How many are stored at most.</param>
internal sealed class WatchedConnections(int most)
{
    private readonly List<(long Ordinal, DiagnosedConnection Connection)> stored = [];
    private readonly List<long> ordinals = [];

    /// <summary>Selected connections beyond the cap.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds a connection that is over; one that is not selected counts for the numbers of the others.</summary>
    public void Add(DiagnosedConnection connection, bool isWanted)
    {
        var ordinal = connection.Connection.Flow?.Flow.Ordinal ?? ResolutionStage.OrdinalOf(connection.Connection.Queries);
        if (ordinals.Count < MaxNumbered) ordinals.Add(ordinal);
        if (!isWanted) return;
        if (stored.Count < most) stored.Add((ordinal, connection));
        else LeftOut++;
    }

    /// <summary>The stored ones in order.</summary>
    public IReadOnlyList<DiagnosedConnection> InOrder()
    {
        stored.Sort(static (a, b) => a.Ordinal.CompareTo(b.Ordinal));
        ordinals.Sort();
        foreach (var (ordinal, connection) in stored)
        {
            var place = ordinals.BinarySearch(ordinal);
            if (place >= 0) connection.Connection.Id = place + 1;
        }

        return [.. stored.Select(static s => s.Connection)];
    }

    /// <summary>Eight bytes each: a month of a busy server.</summary>
    private const int MaxNumbered = 4_000_000;
}
