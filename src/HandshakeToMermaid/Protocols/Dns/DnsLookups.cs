namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Tells the story of DNS look-ups to the rooms that draw and judge them.</summary>
public sealed class DnsLookups : ILookupProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps(IReadOnlyList<NameLookup> lookups) => LookupSteps.Of(lookups);

    /// <inheritdoc/>
    public Outcome? Judge(IReadOnlyList<NameLookup> lookups) => LookupOutcome.Of(lookups);
}
