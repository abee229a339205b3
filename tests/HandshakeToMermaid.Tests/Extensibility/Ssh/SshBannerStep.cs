using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>An identification string as a step.</summary>
internal sealed class SshBannerStep(SshBanner banner) : Step
{
    public override Phase Phase => SshPhase.Identification;

    public override string Title => "Identification";

    public override string Explanation => "names its software and its protocol version";

    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => [new StepFact(Detail.Brief, "", banner.Text)];
}
