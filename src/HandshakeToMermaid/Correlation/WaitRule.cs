using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Finds the waits of a connection: its time outside completed phases, so that phases and waits add up to the total.
/// </summary>
internal static class WaitRule
{
    public static IReadOnlyList<Wait> Of(Connection connection)
    {
        if (connection.Timing is not { Total.Nanoseconds: > 0, Start: var start, End: { } end } timing) return [];
        var waits = new List<Wait>();
        Step? before = null;
        Direction? speaker = null;
        var reached = start;
        var steps = new StepSequence(connection.Steps.Count);
        steps.Add(connection.Steps);
        foreach (var attempt in connection.Attempts) steps.Add(attempt.Steps);
        foreach (var step in steps.ToArray())
        {
            if (step.IsRecovery || step.Last.Time < start || step.Last.Time > end) continue;
            Add(step, step.Last.Time);
            (before, reached) = (step, step.Last.Time);
            if (step.Helper is null) speaker = step.From;
        }

        Add(null, end);
        return waits;

        void Add(Step? step, Timestamp until)
        {
            var length = timing.Uncovered(reached, until);
            if (length.Nanoseconds <= 0) return;
            var ended = before is null ? step?.Last : step?.First;
            waits.Add(new Wait(before?.Last.Frame ?? connection.First.Frame, ended?.Frame, length, AwaitedBy(connection, before, step, speaker)));
        }
    }

    /// <summary>The side that was waited for: usually the next sender. A repeated query, a FIN or a RST ends a wait for the other side.</summary>
    private static WaitFor AwaitedBy(Connection connection, Step? before, Step? step, Direction? speaker)
    {
        if (step is { Helper: not null, Phase.Role: PhaseRole.Resolution }) return IsQuestion(step) && !IsQuestion(before) ? WaitFor.Client : WaitFor.Resolver;
        if (step is null && IsQuestion(before)) return WaitFor.Resolver;
        if (step is { IsDeadEnd: false, Phase.Role: not PhaseRole.Close }) return SideOf(connection, step.From);
        if (step is not null && !HasSpoken(connection)) return SideOf(connection, step.From.Opposite());
        return speaker is { } last ? SideOf(connection, last.Opposite()) : step is null ? WaitFor.Server : SideOf(connection, step.From);
    }

    /// <summary>False where a connection was opened and ended without a byte: the side that ended it had waited for the other one.</summary>
    private static bool HasSpoken(Connection connection) =>
        connection.Flow?.Flow is not { } flow || !flow.IsAnswered || flow.Forward.FirstPayload.IsSet || flow.Reverse.FirstPayload.IsSet;

    private static bool IsQuestion(Step? step) => step is { Helper: not null, Phase.Role: PhaseRole.Resolution, From: Direction.Forward };

    private static WaitFor SideOf(Connection connection, Direction from)
    {
        var side = connection.Flow?.SideOf(from) ?? (from == Direction.Forward ? Side.Client : Side.Server);
        return side == Side.Client ? WaitFor.Client : WaitFor.Server;
    }
}
