using System.Globalization;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client asked a proxy for a tunnel and did not get it.</summary>
internal sealed class ProxyRefused : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.FactsOf<HttpFacts>() is { AsksForTunnel: true, Status: >= 300 } inside) return Refused(inside);
        if (connection.FactsOf<UpgradeFacts>() is not { JsonKey: "proxy", Refused: { } refusal } facts) return null;
        var answer = refusal.Facts(Detail.Brief).FirstOrDefault().Text is { Length: > 0 } reason ? $"{refusal.Title}: {reason}" : refusal.Title;
        var answered = facts.IsInsideTls ? "inside TLS it answered" : "it answered";
        var isAuthentication = refusal.Turn == UpgradeTransition.Declined || refusal.Title is "Authentication" or "Method";
        return isAuthentication
            ? new Finding(
                "proxy-authentication-required", MayGoOn(facts, connection) ? Severity.Warning : Severity.Error, Confidence.Certain, "The proxy requires authentication",
                $"{answered} {answer}", "Configure user name and password for the proxy on the client",
                AuthenticationAliases, TlsEvidence.FramesOf(facts.Asked, refusal), facts.Wrapper == "http-connect" ? "RFC 9110 section 15.5.8" : null) { At = refusal }
            : new Finding(
                "proxy-refused", Severity.Error, Confidence.Certain, "The proxy refused the connection",
                $"{answered} {answer}", "Check the server's name and port, and that the proxy allows them",
                RefusalAliases, TlsEvidence.FramesOf(facts.Asked, refusal), facts.Wrapper == "http-connect" ? "RFC 9110 section 9.3.6" : null) { At = refusal };
    }

    /// <summary>True where a request with credentials may have followed: not all of the connection was seen, or inside TLS not its end.</summary>
    private static bool MayGoOn(UpgradeFacts facts, Connection connection) =>
        connection.Flow is { } flow && (facts.MayHaveAskedAgain(flow) || (facts.IsInsideTls && flow.End is null));

    /// <summary>The proxy is spoken to within TLS in HTTP/3, or through a tunnel in HTTP/2, of which only the first request is read: one with credentials may follow on the same connection.</summary>
    private static Finding Refused(HttpFacts facts)
    {
        var (asked, answer) = (facts.Steps.FirstOrDefault(s => s.Title == facts.Request), facts.Steps.FirstOrDefault(s => s.Title == facts.Response));
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {facts.Status}");
        return facts.Status == 407
            ? new Finding(
                "proxy-authentication-required", Severity.Warning, Confidence.Certain, "The proxy requires authentication", $"inside TLS it answered {status}",
                "Configure user name and password for the proxy on the client", AuthenticationAliases, TlsEvidence.FramesOf(asked, answer), "RFC 9110 section 15.5.8") { At = answer }
            : new Finding(
                "proxy-refused", Severity.Error, Confidence.Certain, "The proxy refused the connection", $"inside TLS it answered {status}",
                "Check the server's name and port, and that the proxy allows them", RefusalAliases, TlsEvidence.FramesOf(asked, answer), "RFC 9110 section 9.3.6") { At = answer };
    }

    private static readonly string[] AuthenticationAliases = ["CONNECT tunnel failed, response 407", "Proxy Authentication Required", "ERR_PROXY_AUTH_REQUESTED", "No authentication method was acceptable", "User was rejected by the SOCKS5 server"];

    private static readonly string[] RefusalAliases = ["CONNECT tunnel failed, response 403", "CONNECT tunnel failed, response 502", "ERR_TUNNEL_CONNECTION_FAILED", "Received HTTP code 403 from proxy after CONNECT", "cannot complete SOCKS5 connection", "ERR_SOCKS_CONNECTION_FAILED"];
}
