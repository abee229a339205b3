namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Receives DNS queries.</summary>
internal interface IDnsQueryListener
{
    /// <summary>A question was asked for the first time: hands out its order number and the capture's name.</summary>
    (long Ordinal, string Capture) Asked();

    /// <summary>A query has begun: it was sent and awaits an answer.</summary>
    void Began(DnsQuery query);

    /// <summary>A query is over: answered, or given up (then its <see cref="DnsQuery.Answer"/> is not set).</summary>
    void Finished(DnsQuery query);
}
