using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>The first exchange of a connection, in HTTP/1.1 or HTTP/2, cleartext or decrypted.</summary>
internal sealed class HttpFacts : ProtocolFacts
{
    private readonly List<Step> steps = [];
    private readonly List<Unparsed> unparsed = [];

    /// <inheritdoc/>
    public override string JsonKey => "http";

    /// <summary>"GET /dashboard HTTP/1.1"; null where none was seen. Text from the wire.</summary>
    public string? Request { get; internal set; }

    /// <summary>"HTTP/1.1 200 OK" or "HTTP/2 200"; null where none was seen. Text from the wire.</summary>
    public string? Response { get; internal set; }

    /// <summary>The response's status code; 0 where there is none.</summary>
    public int Status { get; internal set; }

    /// <summary>The server's name in Host or :authority, with its port where one is given. Text from the wire.</summary>
    public string? Authority { get; internal set; }

    /// <summary>Whether the response has Strict-Transport-Security; null if its headers are incomplete.</summary>
    public bool? HasStrictTransportSecurity { get; internal set; }

    /// <summary>True where the request goes to a proxy, so that <see cref="Authority"/> is not the server of this connection.</summary>
    internal bool IsForProxy { get; set; }

    /// <summary>True where the request asks for a tunnel (RFC 9110 section 9.3.6).</summary>
    public bool AsksForTunnel => IsForProxy && Request is { } line && line.StartsWith("CONNECT ", StringComparison.Ordinal);

    /// <summary>True if the body of a response inside TLS is nginx's error for a missing client certificate.</summary>
    public bool SaysCertificateIsMissing { get; internal set; }

    /// <summary>True if the exchange was cleartext on the connection, not inside TLS.</summary>
    public bool IsClear { get; internal init; }

    /// <summary>True where a clear request was answered by a TLS alert: the server expected TLS.</summary>
    public bool IsAnsweredByTls { get; internal set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => unparsed;

    /// <inheritdoc/>
    public override string? ServerName => !IsForProxy && Authority is { } authority ? HostIn(authority) : null;

    /// <inheritdoc/>
    public override Direction? ClientDirection => Client;

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (!IsClear) return null;

        // What came before the capture may have been anything.
        return flow.IsJoinedMidway
            ? new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0)
            : new Outcome(OutcomeClass.NotTls, Confidence.Certain, OutcomeActor.None, steps.Count > 0 ? steps[0].Last.Frame : 0);
    }

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals
    {
        get
        {
            if (Request is { } request) yield return new Original(OriginalKind.RequestLine, request);
            if (Response is { } response) yield return new Original(OriginalKind.StatusLine, response);
            if (Authority is { } authority) yield return new Original(OriginalKind.Name, authority);
        }
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("request"u8, Request);
        json.WriteString("response"u8, Response);
        if (HasStrictTransportSecurity is { } hsts) json.WriteBoolean("hsts"u8, hsts);
        else json.WriteNull("hsts"u8);
    }

    /// <inheritdoc/>
    internal override FrameMark OffersHttp3 => Http3Offer;

    /// <summary>Where the response was that offered HTTP/3 for its name; not set where none did.</summary>
    internal FrameMark Http3Offer { get; set; }

    internal Direction? Client { get; set; }

    internal void Add(Step step) => steps.Add(step);

    internal void Add(Unparsed what) => unparsed.Add(what);

    /// <summary>The host name without its port; null for an IP address and for an invalid name (RFC 9110 section 7.2).</summary>
    private static string? HostIn(string authority)
    {
        var colon = authority.LastIndexOf(':');
        var host = colon < 0 || authority.EndsWith(']') ? authority : authority[..colon];
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? host : null;
    }

    internal bool IsEmpty => steps.Count == 0 && Request is null && Response is null;
}
