using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Exchange;

/// <summary>A step as a row describes it.</summary>
/// <param name="phase">Its band.</param>
/// <param name="title">Its name.</param>
/// <param name="level">The least detail at which it is drawn.</param>
/// <param name="facts">What is said about it, up to <see cref="Detail.Normal"/>.</param>
internal sealed class RecordedStep(Phase phase, string title, Detail level, IReadOnlyList<StepFact> facts) : Step
{
    /// <inheritdoc/>
    public override Phase Phase => phase;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override Detail Level => level;

    /// <summary>What its sender achieves with it; null where nothing certain can be said.</summary>
    public string? Achieved { get; init; }

    /// <summary>The third party; null for the connection itself.</summary>
    public string? HelperName { get; init; }

    /// <summary>The router that sent it; null where one of the two ends did.</summary>
    public string? RouterName { get; init; }

    /// <summary>What is true of it.</summary>
    public StepFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string? Explanation => Achieved;

    /// <inheritdoc/>
    public override string? Helper => HelperName;

    /// <inheritdoc/>
    public override string? Router => RouterName;

    /// <inheritdoc/>
    public override bool IsDeadEnd => Flags.HasFlag(StepFlags.DeadEnd);

    /// <inheritdoc/>
    public override bool IsRoutine => Flags.HasFlag(StepFlags.Routine);

    /// <inheritdoc/>
    public override bool IsEndOfStream => Flags.HasFlag(StepFlags.EndOfStream);

    /// <inheritdoc/>
    public override bool IsRepeated => Flags.HasFlag(StepFlags.Repeated);

    /// <inheritdoc/>
    public override bool IsMinor => Flags.HasFlag(StepFlags.Minor);

    /// <inheritdoc/>
    public override bool IsRecovery => Flags.HasFlag(StepFlags.Recovery);

    /// <inheritdoc/>
    public override bool IsEncrypted => Flags.HasFlag(StepFlags.Encrypted);

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
