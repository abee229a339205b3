using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Where a failed connection broke: the deciding step and what followed it.</summary>
internal sealed class FailurePoint
{
    private FailurePoint(IReadOnlyList<Step> steps)
    {
        Steps = steps;
        drawn = [.. steps];
    }

    /// <summary>The steps of the failure, the deciding one first.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>True where the connection failed at a step that can be pointed at.</summary>
    public bool Exists => Steps.Count > 0;

    /// <summary>True where the DNS resolution failed.</summary>
    public bool IsQuery => Exists && Steps[0].Phase.Role == PhaseRole.Resolution;

    /// <summary>Finds it.</summary>
    public static FailurePoint Of(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var outcome = connection.Outcome;
        if (!outcome.IsFailure || !diagnosed.IsFailed) return new([]);
        if (outcome.Class.FailedIn is { } role) return new([.. connection.Steps.Where(s => s.Phase.Role == role || (role == PhaseRole.Transport && s.Phase.Role == PhaseRole.Close))]);
        if (outcome.Frame == 0) return new([]);
        return new([.. connection.Steps.Where(s => IsAtOrAfter(s, outcome.Frame, connection))]);
    }

    /// <summary>True for a step that belongs to the failure.</summary>
    public bool Contains(Step step) => drawn.Contains(step);

    /// <summary>What stands above it.</summary>
    public static string Header(Connection connection) => OutcomeText.FailureHeader(connection.Outcome);

    /// <summary>
    /// The deciding frame's own step counts from where it dead-ends or closes; a hello that shares the frame does not.
    /// For a handshake that was simply never answered, only what comes after the last question counts.
    /// </summary>
    private static bool IsAtOrAfter(Step step, long frame, Connection connection)
    {
        if (step.Phase.Role is PhaseRole.Resolution or PhaseRole.Transport) return false;
        if (connection.Outcome.Class.IsUnanswered && (step.Last.Frame == frame || connection.Outcome.By != OutcomeActor.Client)) return step.Last.Frame >= frame && step.Phase.Role == PhaseRole.Close;
        if (step.Last.Frame > frame) return true;
        return step.Last.Frame == frame && (step.IsDeadEnd || step.Phase.Role == PhaseRole.Close);
    }

    private readonly HashSet<Step> drawn;
}
