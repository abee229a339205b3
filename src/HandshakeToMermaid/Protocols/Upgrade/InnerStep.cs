using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A step of what passes through a tunnel that is itself inside TLS: what is readable there was decrypted first, and its handshake has a band of its own.</summary>
internal sealed class InnerStep : Step
{
    private readonly Step inner;

    private InnerStep(Step inner) => this.inner = inner;

    /// <summary>The same step, inside the tunnel.</summary>
    public static InnerStep Of(Step inner) => new(inner)
    {
        From = inner.From,
        First = inner.First,
        Last = inner.Last,
        Provenance = inner.Provenance == Provenance.Inferred ? Provenance.Inferred : Provenance.Decrypted,
        IsEarlyData = inner.IsEarlyData,
        IsUndelivered = inner.IsUndelivered,
    };

    /// <inheritdoc/>
    public override Phase Phase => inner.Phase == Phase.Tls ? Phase.InnerTls : inner.Phase;

    /// <inheritdoc/>
    public override string Title => inner.Title;

    /// <inheritdoc/>
    public override string? Explanation => inner.Explanation;

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

    /// <summary>True where it was sent under the keys of the handshake inside.</summary>
    public override bool IsEncrypted => inner.IsEncrypted;

    /// <inheritdoc/>
    public override int Length => inner.Length;

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields => inner.Fields.Select(f => f with { Name = $"inside the tunnel, {f.Name}" });

    /// <inheritdoc/>
    public override string? Helper => inner.Helper;

    /// <inheritdoc/>
    public override string? Router => inner.Router;

    /// <inheritdoc/>
    internal override Step? SumWith(Step next) => next is InnerStep other && inner.SumWith(other.inner) is { } sum ? Of(sum) : null;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => inner.Facts(detail).Skip(inner.IsEarlyData ? 1 : 0);
}
