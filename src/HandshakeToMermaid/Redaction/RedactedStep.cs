using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>A step with pseudonyms in its texts.</summary>
internal sealed class RedactedStep : Step
{
    private readonly Step inner;
    private readonly ConnectionRedaction redaction;

    private RedactedStep(Step inner, ConnectionRedaction redaction) => (this.inner, this.redaction) = (inner, redaction);

    /// <summary>The same step, redacted.</summary>
    public static RedactedStep Of(Step inner, ConnectionRedaction redaction) => new(inner, redaction)
    {
        From = inner.From,
        First = redaction.Of(inner.First),
        Last = redaction.Of(inner.Last),
        Provenance = inner.Provenance,
        IsUndelivered = inner.IsUndelivered,
        IsEarlyData = inner.IsEarlyData,
    };

    /// <inheritdoc/>
    public override Phase Phase => inner.Phase;

    /// <inheritdoc/>
    public override string Title => redaction.Title(inner.Title);

    /// <inheritdoc/>
    public override string? Explanation => inner.Explanation;

    /// <inheritdoc/>
    public override string? Helper => redaction.Field(inner.Helper);

    /// <inheritdoc/>
    public override string? Router => redaction.Field(inner.Router);

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields => inner.Fields.Select(f => f with { Values = [.. f.Values.Select(v => redaction.Field(v)!)] });

    /// <inheritdoc/>
    public override bool IsDeadEnd => inner.IsDeadEnd;

    /// <inheritdoc/>
    public override bool IsRoutine => inner.IsRoutine;

    /// <inheritdoc/>
    public override bool IsEndOfStream => inner.IsEndOfStream;

    /// <inheritdoc/>
    public override bool IsRepeated => inner.IsRepeated;

    /// <inheritdoc/>
    public override bool IsMinor => inner.IsMinor;

    /// <inheritdoc/>
    public override Detail Level => inner.Level;

    /// <inheritdoc/>
    public override bool IsRecovery => inner.IsRecovery;

    /// <inheritdoc/>
    public override bool IsEncrypted => inner.IsEncrypted;

    /// <inheritdoc/>
    public override int Length => inner.Length;

    /// <inheritdoc/>
    internal override Step? SumWith(Step next) => next is RedactedStep other && inner.SumWith(other.inner) is { } sum ? Of(sum, redaction) : null;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) =>
        inner.Facts(detail).Skip(inner.IsEarlyData ? 1 : 0).Select(f => f with { Text = f.IsFreeText ? redaction.FreeText(f.Text) : redaction.Field(f.Text)! });
}
