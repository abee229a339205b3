using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Steps of one band, one behind the other in time. A band reaches up to the first step of the next one: what comes late for its phase
/// (a ticket behind the first request, the second answer of a resolver) stands where it came.
/// </summary>
internal sealed class BandStretch
{
    private BandStretch(Phase phase, Attempt? attempt, bool isFailure, bool isEncrypted) =>
        (Phase, Attempt, IsFailure, IsEncrypted) = (phase, attempt, isFailure, isEncrypted);

    /// <summary>What the band is about.</summary>
    public Phase Phase { get; }

    /// <summary>The attempt at another address that it belongs to; null for the connection itself.</summary>
    public Attempt? Attempt { get; }

    /// <summary>True for the step that decided the failure and what followed it.</summary>
    public bool IsFailure { get; }

    /// <summary>True from the first encrypted message of the handshake on, data included.</summary>
    public bool IsEncrypted { get; }

    /// <summary>Its steps.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>Its steps by arrow, and whether the end of a connection shared one with what came before it; null until they were drawn.</summary>
    public (bool JoinsCloses, List<ArrowGroup> Groups)? Arrows { get; set; }

    /// <summary>The line above it; null until it was drawn.</summary>
    public string? Header { get; set; }

    /// <summary>The bands of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="failure">Where it broke.</param>
    /// <param name="isDrawn">Says which steps are wanted.</param>
    public static List<BandStretch> Of(Connection connection, FailurePoint failure, Func<Step, bool> isDrawn)
    {
        var bands = new List<BandStretch>(4);
        var (reached, hasFailed, isEncrypted) = (Phase.Dns, false, false);
        var handshake = connection.SessionHandshake;
        foreach (var (step, attempt) in InOrder(connection))
        {
            hasFailed |= attempt is null && failure.Contains(step);
            if (!isDrawn(step) && (!hasFailed || bands.Exists(b => b.IsClosedBy(step)))) continue;
            var phase = PhaseOf(step, handshake);
            if (attempt is null && phase.Order > reached.Order)
            {
                reached = phase;

                // A tunnel inside TLS and the handshake in it have bands of their own.
                if (phase.Role is PhaseRole.Upgrade or PhaseRole.Handshake) isEncrypted = false;
            }

            isEncrypted |= attempt is null && step.IsEncrypted && phase.Role == PhaseRole.Handshake && (phase == reached || reached.Role is not (PhaseRole.Upgrade or PhaseRole.Handshake));
            if (bands.Count == 0 || !bands[^1].Takes(reached, attempt, hasFailed, isEncrypted)) bands.Add(new BandStretch(reached, attempt, hasFailed && attempt is null, isEncrypted && !hasFailed && attempt is null));
            bands[^1].Steps.Add(step);
        }

        return bands;
    }

    private bool Takes(Phase reached, Attempt? attempt, bool hasFailed, bool isEncrypted)
    {
        if (Attempt != attempt) return false;
        if (attempt is not null) return true;
        if (IsFailure || hasFailed) return IsFailure == hasFailed;
        return IsEncrypted ? isEncrypted : !isEncrypted && Phase == reached;
    }

    /// <summary>True where the band shows one side's orderly end, which the other side's only answers.</summary>
    private bool IsClosedBy(Step step) => IsFailure && step is { IsEndOfStream: true, IsDeadEnd: false } && Steps.Exists(s => s.IsEndOfStream && s.From != step.From);

    /// <summary>Data that is sent while the handshake goes on (0-RTT, a server's first words) stands inside it.</summary>
    private static Phase PhaseOf(Step step, PhaseSpan? handshake) => step.Phase.Role == PhaseRole.Data && handshake is { Done.IsSet: true } && handshake.Done.IsAfter(step.Last) ? handshake.Phase : step.Phase;

    /// <summary>The steps of the connection and of what was tried first.</summary>
    private static IEnumerable<(Step Step, Attempt? Attempt)> InOrder(Connection connection)
    {
        var taken = new int[connection.Beside.Count];
        foreach (var step in connection.Steps)
        {
            if (taken.Length == 0)
            {
                yield return (step, null);
                continue;
            }

            foreach (var earlier in Earlier(connection.Beside, taken, step.Last)) yield return earlier;
            yield return (step, null);
        }

        foreach (var rest in Earlier(connection.Beside, taken, null)) yield return rest;
    }

    private static IEnumerable<(Step Step, Attempt? Attempt)> Earlier(IReadOnlyList<Attempt> attempts, int[] taken, FrameMark? before)
    {
        while (true)
        {
            var first = -1;
            for (var i = 0; i < taken.Length; i++)
            {
                if (taken[i] == attempts[i].Steps.Count) continue;
                var next = attempts[i].Steps[taken[i]].Last;
                if (before is { } limit && !limit.IsAfter(next)) continue;
                if (first < 0 || attempts[first].Steps[taken[first]].Last.IsAfter(next)) first = i;
            }

            if (first < 0) yield break;
            // A lane goes on beside the connection: it stands whole where it began, as its steps belong to each other.
            do yield return (attempts[first].Steps[taken[first]++], attempts[first]);
            while (attempts[first].Lane is not null && taken[first] < attempts[first].Steps.Count);
        }
    }
}
