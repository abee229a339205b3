using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>Resolutions that fail, are slow or are repeated, and addresses that are tried in vain.</summary>
internal static class PlayedResolutions
{
    /// <summary>By what happens in them.</summary>
    public static IReadOnlyDictionary<string, VisitScript> All { get; } = new Dictionary<string, VisitScript>
    {
        ["dns: no such name"] = new VisitScript().Lookup(Name, 1, 0, 10, rcode: 3),
        ["dns: no address"] = new VisitScript().Lookup(Name, 1, 0, 10).Lookup(Name, 28, 0.01, 10.01),
        ["dns: SERVFAIL"] = new VisitScript().Lookup(Name, 1, 0, 10, rcode: 2),
        ["dns: REFUSED"] = new VisitScript().Lookup(Name, 1, 0, 10, rcode: 5),
        ["dns: SERVFAIL with an extended error"] = new VisitScript().Lookup(Name, 1, 0, null)
            .Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40000", DnsMessageBuilder.Response(40001, Name, 1, rcode: 2).Opt(1232, 0, DnsMessageBuilder.Parameter(15, 0, 6)), 10),
        ["dns: one query unanswered"] = new VisitScript().Lookup(Name, 1, 0, null).Lookup("later.example", 1, 30_000, 30_010, port: 41_000, rcode: 3),
        ["dns: two resolvers silent"] = new VisitScript().Lookup(Name, 1, 0, null).Lookup(Name, 1, 5000, null).Lookup(Name, 1, 10_000, null, resolver: Second),
        ["dns: asked again"] = Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, 700, 710, VisitScript.Server),
        ["dns: asked again from another port"] = Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, 700, 710, VisitScript.Server, port: 40_100),
        ["dns: another resolver asked"] = Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, 700, 710, VisitScript.Server, port: 40_100, resolver: Second),
        ["dns: one address asked for later"] = Visit().Lookup(Name, 1, 0, 10, VisitScript.Server).Lookup(Name, 28, 600, 610, port: 40_100),
        ["dns: slow"] = Visit().Resolve(Name, 0, 800),
        ["dns: next name of a search list"] = new VisitScript().Lookup("one", 1, 0, null).Lookup(Name, 1, 700, 710, VisitScript.Server, port: 40_100).Connect(50_001, 1000, 1030, VisitScript.Hello(Name)),
        ["ipv6: refused"] = new VisitScript().Lookup(Name, 1, 0, 10, VisitScript.Server).Lookup(Name, 28, 0.01, 10.01, Six).Syn(50_000, 20, $"[{Six}]", client: $"[{OwnSix}]").Refusal(50_000, 25, $"[{Six}]", client: $"[{OwnSix}]").Connect(50_001, 30, 60, VisitScript.Hello(Name)),
        ["ipv6: not answered"] = new VisitScript().Lookup(Name, 1, 0, 10, VisitScript.Server).Lookup(Name, 28, 0.01, 10.01, Six).Syn(50_000, 20, $"[{Six}]", client: $"[{OwnSix}]").Connect(50_001, 1020, 1030, VisitScript.Hello(Name)),
    };

    private static VisitScript Visit() => new VisitScript().Connect(50_001, 1000, 1030, VisitScript.Hello(Name));

    private const string Name = "one.example";
    private const string Second = "192.0.2.54";
    private const string Six = "2001:db8::55";
    private const string OwnSix = "2001:db8::7";
}
