using System.Globalization;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>The stored part of the head of a request or response: never a body, a cookie or an authorization.</summary>
internal sealed class HttpHead
{
    /// <summary>"GET /dashboard HTTP/1.1" or "HTTP/1.1 200 OK"; as on the wire, but at most 1,024 characters long.</summary>
    public required string StartLine { get; init; }

    /// <summary>The status code of a response; 0 for a request.</summary>
    public int Status { get; init; }

    /// <summary>The name of the server that a request is meant for: Host or :authority.</summary>
    public string? Authority { get; set; }

    /// <summary>True for a request to a proxy: its target is a whole URI or the authority to connect to (RFC 9112 section 3.2), which is not the server of this connection.</summary>
    public bool IsForProxy { get; init; }

    /// <summary>True where a Strict-Transport-Security header is there (RFC 6797).</summary>
    public bool HasStrictTransportSecurity { get; set; }

    /// <summary>True where an Alt-Svc header offers HTTP/3 (RFC 7838 section 3, RFC 9114 section 3.1.1).</summary>
    public bool OffersHttp3 { get; set; }

    /// <summary>True once all headers were read, so that the absence of one means something.</summary>
    public bool IsWhole { get; set; }

    /// <summary>True for the fields of HTTP/2 and HTTP/3 whose values are stored.</summary>
    public static bool IsRecorded(string name) => name is ":method" or ":path" or ":authority" or ":status" or "alt-svc";

    /// <summary>True where the value of an Alt-Svc header has an entry for the protocol "h3", wherever that is served.</summary>
    public static bool IsHttp3Offer(string altSvc) => altSvc.Split(',').Any(static entry => entry.TrimStart(' ', '\t').StartsWith("h3=", StringComparison.Ordinal));

    /// <summary>The head that the fields of HTTP/2 or HTTP/3 make; null where they make none (trailers).</summary>
    /// <param name="fields">The fields, in order.</param>
    /// <param name="isResponse">True for a response, of which an interim one is a head too.</param>
    /// <param name="version">"HTTP/2", "HTTP/3".</param>
    public static HttpHead? Of(List<HpackField> fields, bool isResponse, string version)
    {
        string? method = null, path = null, authority = null, status = null;
        var (hasStrictTransportSecurity, offersHttp3) = (false, false);
        foreach (var (name, value) in fields)
        {
            switch (name)
            {
                case ":method": method = value; break;
                case ":path": path = value; break;
                case ":authority": authority = value; break;
                case ":status": status = value; break;
                case "strict-transport-security": hasStrictTransportSecurity = true; break;
                case "alt-svc": offersHttp3 |= value is not null && IsHttp3Offer(value); break;
            }
        }

        if (isResponse)
        {
            if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 100 or > 999) return null;
            return new HttpHead { StartLine = $"{version} {code}", Status = code, HasStrictTransportSecurity = hasStrictTransportSecurity, OffersHttp3 = offersHttp3, IsWhole = true };
        }

        if (method is null) return null;
        var host = authority is { Length: > 0 and <= MaxHost } ? authority[(authority.LastIndexOf('@') + 1)..] : null;

        // RFC 9113 section 8.5: without a path the authority is what to connect to; with one (RFC 8441) it is the server itself.
        var isForProxy = method == "CONNECT" && path is null;
        return new HttpHead { StartLine = HttpStartLine.Request(method, path ?? host ?? "*", version), Authority = host, IsForProxy = isForProxy, IsWhole = true };
    }

    private const int MaxHost = 260;
}
