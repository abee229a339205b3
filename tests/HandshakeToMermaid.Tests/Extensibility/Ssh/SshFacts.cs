using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>What the identification exchange shows.</summary>
/// <param name="banners">The identification strings that were seen, in their order.</param>
internal sealed class SshFacts(IReadOnlyList<SshBanner> banners) : ProtocolFacts
{
    public IReadOnlyList<SshBanner> Banners => banners;

    public override string JsonKey => "ssh";

    public override IReadOnlyList<Step> Steps { get; } = [.. banners.Select(b => new SshBannerStep(b) { From = b.From, First = b.First, Last = b.Last })];

    public override PhaseSpan? Span => banners.Count == 0
        ? null
        : new PhaseSpan(SshPhase.Identification, $"SSH {banners[0].Version}", [], banners[0].First, IsAgreed ? banners[1].Last : default, null);

    public override Outcome Judge(FlowSummary flow) => banners.Count < 2
        ? new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0)
        : IsAgreed
            ? new Outcome(SshOutcomes.BannerExchanged, Confidence.Certain, OutcomeActor.None, banners[1].Last.Frame)
            : new Outcome(SshOutcomes.VersionMismatch, Confidence.Certain, flow.End is { } end ? flow.ActorOf(end.By) : OutcomeActor.None, flow.End?.Mark.Frame ?? banners[1].Last.Frame);

    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        foreach (var banner in banners) json.WriteString(flow.SideOf(banner.From) == Side.Client ? "client" : "server", banner.Text);
    }

    private bool IsAgreed => banners.Count == 2 && banners[0].Fits(banners[1]);
}
