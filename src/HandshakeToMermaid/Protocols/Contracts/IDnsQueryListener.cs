namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Is told of look-ups.</summary>
internal interface IDnsQueryListener
{
    /// <summary>A question was asked for the first time: hands out its order number and the capture's name.</summary>
    (long Ticket, string Capture) Asked();

    /// <summary>A look-up has begun: its first question was sent and waits for an answer.</summary>
    void Began(DnsQuery query);

    /// <summary>A look-up is over: answered, or given up (then its <see cref="DnsQuery.Answer"/> is not set).</summary>
    void Finished(DnsQuery query);
}
