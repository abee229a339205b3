namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Tells the story of a group of look-ups for one name; how it is read is the look-up protocol's own knowledge.</summary>
internal interface IResolutionProtocol
{
    /// <summary>What is drawn of them, in order.</summary>
    IReadOnlyList<Step> Steps(IReadOnlyList<DnsQuery> queries);

    /// <summary>How they turned out, where that was no success; null where an address was learned.</summary>
    Outcome? Judge(IReadOnlyList<DnsQuery> queries);
}
