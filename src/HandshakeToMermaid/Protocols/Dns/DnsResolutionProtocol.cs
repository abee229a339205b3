using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Tells the story of DNS look-ups to the rooms that draw and judge them.</summary>
internal sealed class DnsResolutionProtocol : IResolutionProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps(IReadOnlyList<DnsQuery> queries) => DnsSteps.Of(queries);

    /// <inheritdoc/>
    public Outcome? Judge(IReadOnlyList<DnsQuery> queries) => ResolutionOutcome.Of(queries);
}
