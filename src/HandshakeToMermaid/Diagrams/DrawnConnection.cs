using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What is drawn of one connection: its bands, and the phases that one note stands for.</summary>
internal sealed class DrawnConnection
{
    private readonly DiagramOptions options;
    private readonly HashSet<BandStretch> folded;
    private IReadOnlyList<Step>? foldedSteps;

    /// <summary>Chooses what is drawn.</summary>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="options">What is to be seen of it.</param>
    /// <param name="common">What an earlier candidate for the same picture has found; null where there is one picture only.</param>
    public DrawnConnection(DiagnosedConnection diagnosed, DiagramOptions options, CandidateParts? common = null)
    {
        (Diagnosed, this.options) = (diagnosed, options);
        common ??= new CandidateParts();
        Failure = common.Failure ??= FailurePoint.Of(diagnosed);
        var all = common.Stretches ??= BandStretch.Of(Connection, Failure, s => IsDrawn(s) || IsPointedAt(s));
        Stretches = all;
        folded = FoldedPhases.Of(all, diagnosed, options, IsPointedAt);
    }

    /// <summary>The connection with what was found.</summary>
    public DiagnosedConnection Diagnosed { get; }

    /// <summary>The connection.</summary>
    public Connection Connection => Diagnosed.Connection;

    /// <summary>Where it broke.</summary>
    public FailurePoint Failure { get; }

    /// <summary>The bands.</summary>
    public IReadOnlyList<BandStretch> Stretches { get; }

    /// <summary>True for a band that a line of a note stands for.</summary>
    public bool IsFolded(BandStretch stretch) => folded.Contains(stretch);

    /// <summary>True where a step without an arrow came from or went to somebody besides client and server, whose column may not be needed then.</summary>
    public bool FoldsColumns => FoldedSteps.Any(static s => s.Helper is not null || s.Router is not null);

    /// <summary>Steps without an arrow.</summary>
    public IReadOnlyList<Step> FoldedSteps => foldedSteps ??= StepsWithoutArrow();

    private IReadOnlyList<Step> StepsWithoutArrow()
    {
        if (folded.Count == 0) return [];
        var drawn = new HashSet<Step>(Connection.Steps.Count);
        foreach (var stretch in Stretches)
        {
            if (!IsFolded(stretch)) drawn.UnionWith(stretch.Steps);
        }

        var left = new List<Step>();
        foreach (var step in Connection.Steps)
        {
            if (!drawn.Contains(step)) left.Add(step);
        }

        return left;
    }

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
