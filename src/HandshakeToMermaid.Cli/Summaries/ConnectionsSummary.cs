using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Summaries;

/// <summary>Counts over many connections, each with the number of one as an example.</summary>
internal sealed class ConnectionsSummary
{
    private readonly Dictionary<string, SummaryCount> causes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SummaryCount> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlowestPhase> slowest = new(StringComparer.Ordinal);

    /// <summary>All connections.</summary>
    public int Connections { get; private set; }

    /// <summary>Those that were established and do not count as failed.</summary>
    public int Established { get; private set; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>When the first began; null while there is none.</summary>
    public Timestamp? First { get; private set; }

    /// <summary>When the last began; null while there is none.</summary>
    public Timestamp? Last { get; private set; }

    /// <summary>What is wrong, the most frequent first.</summary>
    public IReadOnlyList<SummaryCount> Causes => Sorted(causes);

    /// <summary>What the handshakes are called, the most frequent first.</summary>
    public IReadOnlyList<SummaryCount> Versions => Sorted(versions);

    /// <summary>Of each phase the connection that took longest for it, in the order in which phases were first met.</summary>
    public IReadOnlyCollection<SlowestPhase> Slowest => slowest.Values;

    /// <summary>What is counted of a connection.</summary>
    public static SummaryEntry EntryOf(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var outcome = connection.Outcome.Class;
        var leading = diagnosed.Findings is [var first, ..] && first.Severity != Severity.Info ? first : null;
        return new SummaryEntry(
            connection.First.Time,
            outcome.Kind,
            diagnosed.IsFailed,
            leading?.Code ?? (diagnosed.IsFailed ? outcome.Name : null),
            leading?.Title ?? outcome.Words.SentenceBy(connection.Outcome.By),
            connection.Handshake?.Title ?? connection.Transport.ToUpperInvariant(),
            Headline.Server(connection),
            [.. connection.Timing.Phases.Select(p => (p.Phase.Title, p.Time.Length))]);
    }

    /// <summary>Counts a connection.</summary>
    public void Add(int number, SummaryEntry entry)
    {
        Count(entry.Kind, entry.IsFailed);
        First = First is { } first && first <= entry.Start ? first : entry.Start;
        Last = Last is { } last && last >= entry.Start ? last : entry.Start;
        if (entry.Cause is { } cause) Count(causes, cause, entry.Title, number);
        Count(versions, entry.Version, entry.Version, number);
        foreach (var (phase, length) in entry.Phases)
        {
            if (!slowest.TryGetValue(phase, out var known) || known.Length < length) slowest[phase] = new SlowestPhase(phase, length, number, entry.Server);
        }
    }

    /// <summary>Counts only how a connection ended.</summary>
    public void Count(OutcomeKind kind, bool isFailed)
    {
        Connections++;
        if (isFailed) Failed++;
        else if (kind == OutcomeKind.Completed) Established++;
    }

    private static void Count(Dictionary<string, SummaryCount> counts, string name, string title, int number)
        => counts[name] = counts.TryGetValue(name, out var known) ? known with { Count = known.Count + 1 } : new SummaryCount(name, title, 1, number);

    private static IReadOnlyList<SummaryCount> Sorted(Dictionary<string, SummaryCount> counts) => [.. counts.Values.OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];
}
