using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client tried IPv6 first, in vain, and then went on over IPv4.</summary>
internal sealed class Ipv6FailedFirst : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Server.Endpoint is not { Address.IsIpv4: true } || connection.Flow is not { } flow) return null;
        if (connection.Attempts.FirstOrDefault(a => !a.Server.Address.IsIpv4) is not { } attempt) return null;
        return new Finding(
            "ipv6-failed-first", Severity.Warning, Confidence.Certain, "IPv6 was tried first and failed",
            $"{attempt.Server.Address} {(attempt.WasReset ? "refused the connection" : "did not answer")}, IPv4 was tried {Wording.Wait(flow.Flow.First.Time - attempt.Start.Time)} later",
            "Repair the IPv6 path, or remove the AAAA record from the DNS",
            Aliases, TlsEvidence.Frames(attempt.Steps.Select(s => s.Last.Frame).Take(4), [flow.Flow.First.Frame]), "RFC 8305 section 5") { At = attempt.Steps.LastOrDefault() };
    }

    private static readonly string[] Aliases = ["Happy Eyeballs", "EHOSTUNREACH", "Network is unreachable", "Immediate connect fail for", "ERR_ADDRESS_UNREACHABLE", "connect ENETUNREACH"];
}
