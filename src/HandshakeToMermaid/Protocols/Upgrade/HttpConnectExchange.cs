// RFC 9110 section 9.3.6: CONNECT host:port HTTP/1.1, fields, an empty line. Any 2xx answer switches to the tunnel behind its fields. RFC 9110
// section 15.5.8: 407 asks for credentials, and the client may repeat the request with them, on this connection or another one.
// Of the fields only the lengths of a body and the schemes of Proxy-Authenticate are read: Proxy-Authorization holds credentials.
using System.Globalization;
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A tunnel through an HTTP proxy.</summary>
/// <param name="label">What people call it: HTTP/2 says its version.</param>
internal sealed class HttpConnectExchange(string label = "HTTP CONNECT") : ProxyExchange("http-connect", label)
{
    private bool isAuthorized;

    internal static ReadOnlySpan<byte> Method => "CONNECT "u8;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        var sign = from == Side.Client ? Method : "HTTP/1."u8;
        if (!bytes.StartsWith(sign)) return sign.StartsWith(bytes) ? 0 : -1;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        var head = bytes[..(end + 4)];
        if (from == Side.Client || StatusOf(head) is >= 200 and < 300) return head.Length;
        if (Field(head, "content-length") is { } length && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var body)) return head.Length + Math.Min(body, LongestBody);
        if (Field(head, "transfer-encoding") is null) return head.Length;
        var last = bytes[head.Length..].IndexOf("0\r\n\r\n"u8);
        return last < 0 ? 0 : head.Length + last + 5;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        if (from == Side.Client)
        {
            var line = unit[Method.Length..unit.IndexOf((byte)'\r')];
            var space = line.IndexOf((byte)' ');
            return Ask(Encoding.Latin1.GetString(space < 0 ? line : line[..space]), Field(unit, "proxy-authorization") is not null);
        }

        return Answer(StatusOf(unit), Field(HeadOf(unit), "proxy-authenticate"));
    }

    /// <summary>Takes a request, however it was written.</summary>
    /// <param name="authority">What the proxy is asked to reach: "www.example.com:443".</param>
    /// <param name="hasCredentials">True where it carries Proxy-Authorization.</param>
    public UpgradeMessage Ask(string authority, bool hasCredentials)
    {
        Target = ProxyTarget.Parse(authority) ?? Target;
        isAuthorized = hasCredentials;
        return new UpgradeMessage(UpgradeTransition.Asked, "CONNECT", [.. TargetFacts, .. isAuthorized ? [new StepFact(Detail.Normal, string.Empty, "with credentials")] : Array.Empty<StepFact>()]);
    }

    /// <summary>Takes an answer, however it was written.</summary>
    /// <param name="status">Its status code.</param>
    /// <param name="challenges">The values of Proxy-Authenticate.</param>
    public UpgradeMessage Answer(int status, IEnumerable<string> challenges)
    {
        if (status is >= 100 and < 200) return default;
        Status = status;
        if (status is >= 200 and < 300) return new UpgradeMessage(UpgradeTransition.Accepted, $"HTTP {status}", new StepFact(Detail.Normal, string.Empty, "tunnel open"));
        var reason = new StepFact(Detail.Brief, string.Empty, ReasonOf(status));
        if (status != AuthenticationRequired) return new UpgradeMessage(UpgradeTransition.Refused, $"HTTP {status}", reason);
        return new UpgradeMessage(UpgradeTransition.Declined, $"HTTP {status}", [reason, .. Schemes([.. challenges])]);
    }

    /// <summary>The last status of the proxy; 0 where none was seen.</summary>
    public int Status { get; private set; }

    /// <summary>True where the last request carried credentials.</summary>
    public bool IsAuthorized => isAuthorized;

    private static StepFact[] Schemes(List<string> offered)
    {
        var schemes = Known.Where(scheme => offered.Exists(value => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))).ToList();
        return schemes.Count == 0 ? [] : [new StepFact(Detail.Normal, "Scheme", string.Join(", ", schemes))];
    }

    private static string? Field(ReadOnlySpan<byte> unit, string name) => Field(HeadOf(unit), name).FirstOrDefault();

    private static string HeadOf(ReadOnlySpan<byte> unit)
    {
        var end = unit.IndexOf("\r\n\r\n"u8);
        return Encoding.Latin1.GetString(end < 0 ? unit : unit[..end]);
    }

    private static IEnumerable<string> Field(string headText, string name) => headText.Split("\r\n").Skip(1)
        .Where(l => l.StartsWith(name, StringComparison.OrdinalIgnoreCase) && l.Length > name.Length && l[name.Length] == ':').Select(l => l[(name.Length + 1)..].Trim());

    private static int StatusOf(ReadOnlySpan<byte> head)
    {
        var space = head.IndexOf((byte)' ');
        return space > 0 && head.Length > space + 3 && int.TryParse(head.Slice(space + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
    }

    /// <summary>RFC 9110 section 15: the proxy's own words are not repeated.</summary>
    private static string ReasonOf(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        AuthenticationRequired => "Proxy Authentication Required",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    };

    private static readonly string[] Known = ["Basic", "Digest", "NTLM", "Negotiate", "Kerberos", "Bearer"];

    internal const int AuthenticationRequired = 407;

    /// <summary>Pages of an error are below it; what is longer ends the exchange.</summary>
    private const int LongestBody = 60_000;
}
