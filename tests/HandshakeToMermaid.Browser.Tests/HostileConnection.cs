using HandshakeToMermaid.Correlation;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>A connection of a sample under another name.</summary>
internal static class HostileConnection
{
    public static Connection Of(Connection real, string name) => new()
    {
        Capture = name,
        Transport = real.Transport,
        Client = new Party(real.Client.Endpoint, name),
        Server = new Party(real.Server.Endpoint, name),
        First = real.First,
        Last = real.Last,
        Queries = real.Queries,
        Flow = real.Flow,
        Facts = real.Facts,
        Steps = real.Steps,
        Attempts = real.Attempts,
        Timing = real.Timing,
        Outcome = real.Outcome,
        Unparsed = real.Unparsed,
    };
}
