using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What is drawn of one connection: its bands, and the phases that one note stands for.</summary>
internal sealed class DrawnConnection
{
    private readonly DiagramOptions options;

    /// <summary>Chooses what is drawn.</summary>
    public DrawnConnection(DiagnosedConnection diagnosed, DiagramOptions options)
    {
        (Diagnosed, this.options) = (diagnosed, options);
        Failure = FailurePoint.Of(diagnosed);
        var all = BandStretch.Of(Connection, Failure, s => IsDrawn(s) || IsPointedAt(s));
        var folded = FoldedPhases.CountOf(all, diagnosed, options, IsPointedAt);
        (Folded, Stretches) = (all[..folded], all[folded..]);
    }

    /// <summary>The connection with what was found.</summary>
    public DiagnosedConnection Diagnosed { get; }

    /// <summary>The connection.</summary>
    public Connection Connection => Diagnosed.Connection;

    /// <summary>Where it broke.</summary>
    public FailurePoint Failure { get; }

    /// <summary>The bands that one note stands for.</summary>
    public IReadOnlyList<BandStretch> Folded { get; }

    /// <summary>The bands that are drawn with their arrows.</summary>
    public IReadOnlyList<BandStretch> Stretches { get; }

    /// <summary>Steps without an arrow.</summary>
    public IEnumerable<Step> FoldedSteps => Folded.Count == 0 ? [] : Folded.SelectMany(f => f.Steps).Concat(Connection.Steps.Where(s => s.Phase.Role == PhaseRole.Resolution));

    private bool IsDrawn(Step step)
    {
        if (step.Level > options.Detail) return false;
        // An orderly close and what TCP repaired by itself are left out below full detail.
        if (step.IsRoutine) return options.Detail == Detail.Full;
        return !step.IsRecovery || options.Detail > Detail.Brief;
    }

    /// <summary>True for the step that a warning or an error is about.</summary>
    private bool IsPointedAt(Step step)
    {
        for (var i = 0; i < Diagnosed.Findings.Count; i++)
        {
            if (Diagnosed.Findings[i] is { Severity: not Severity.Info, FollowsFrom: null } finding && ReferenceEquals(finding.At, step)) return true;
        }

        return false;
    }
}
