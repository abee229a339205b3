using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Makes steps and outcomes of DNS queries.</summary>
internal sealed class DnsResolutionProtocol : IResolutionProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps(IReadOnlyList<DnsQuery> queries) => DnsSteps.Of(queries);

    /// <inheritdoc/>
    public Outcome? Judge(IReadOnlyList<DnsQuery> queries) => ResolutionOutcome.Of(queries);
}
