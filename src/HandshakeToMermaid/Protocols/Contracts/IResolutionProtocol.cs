namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Makes steps and an outcome of the queries for one name, independent of the resolution protocol.</summary>
internal interface IResolutionProtocol
{
    /// <summary>What is drawn of them, in order.</summary>
    IReadOnlyList<Step> Steps(IReadOnlyList<DnsQuery> queries);

    /// <summary>How they turned out, where that was no success; null where an address was learned.</summary>
    Outcome? Judge(IReadOnlyList<DnsQuery> queries);
}
