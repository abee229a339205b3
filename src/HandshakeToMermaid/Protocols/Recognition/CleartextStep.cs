using System.Globalization;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Recognition;

/// <summary>The first bytes of one direction, where they are no TLS: what they are and how many.</summary>
/// <param name="what">What they look like.</param>
/// <param name="bytes">How many bytes of that direction were seen in all.</param>
internal sealed class CleartextStep(Cleartext what, long bytes) : Step
{
    /// <summary>What the bytes look like.</summary>
    public Cleartext What => what;

    /// <inheritdoc/>
    public override Phase Phase => Phase.Data;

    /// <inheritdoc/>
    public override string Title => what.Title;

    /// <inheritdoc/>
    public override string Explanation => "speaks another protocol than TLS";

    /// <inheritdoc/>
    public override int Length => (int)Math.Min(int.MaxValue, bytes);

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) =>
        [new StepFact(Detail.Brief, string.Empty, bytes == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"))];
}
