using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a ServerHello, or of a HelloRetryRequest.</summary>
internal sealed class ServerHelloWords() : MessageWords<ServerHello>("ServerHello", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(ServerHello message, bool isResumed) => message switch
    {
        { IsHelloRetryRequest: true, Group: not null } => "asks for a key share of another group",
        { IsHelloRetryRequest: true } => "asks the client to repeat its offer",
        { AcceptsPreSharedKey: true } => "accepts the shared key, needs no certificate",
        { Version.IsTls13: true } => "selects the suite: both can derive keys",
        _ => isResumed ? "resumes the session, needs no certificate" : "selects the version and the cipher suite",
    };

    /// <inheritdoc/>
    protected override string Title(ServerHello message) => message.IsHelloRetryRequest ? "HelloRetryRequest" : base.Title(message);

    /// <inheritdoc/>
    protected override string JsonName(ServerHello message) => message.IsHelloRetryRequest ? "hello_retry_request" : base.JsonName(message);

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(ServerHello message, Timestamp seen, Detail detail)
    {
        foreach (var fact in message.IsHelloRetryRequest ? Wanted(message) : Chosen(message)) yield return fact;
        if (message.Extensions.Duplicates.Count > 0) yield return new(Detail.Normal, "duplicates", string.Join(' ', message.Extensions.Duplicates.Select(t => t.Name)));
        if (detail < Detail.Full) yield break;
        yield return new(Detail.Full, "version", message.Version.Name);
        if (message.CipherSuite is { } suite) yield return new(Detail.Full, "cipher suite", suite.Name);
        if (message.SessionId.Length > 0) yield return new(Detail.Full, "session id", Convert.ToHexStringLower(message.SessionId.Span));
        if (message.Extensions.Count > 0) yield return new(Detail.Full, "extensions", string.Join(' ', message.Extensions.Select(e => e.Type.Name)));
    }

    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(ServerHello message, Timestamp seen)
    {
        if (message.IsHelloRetryRequest)
        {
            if (message.Group is { } wanted) yield return new("requested group", wanted.Name);
            yield break;
        }

        yield return new("version", message.Version.Name) { Meaning = "one side offers or allows other versions" };
        if (message.CipherSuite is { } suite) yield return new("cipher suite", suite.Name) { Meaning = "the offer or the server's preference is another" };
        if (message.Group is { } group) yield return new("group", group.Name) { Meaning = "the offer or the server's preference is another" };
        if (message.AlpnProtocol is { } alpn) yield return new("ALPN", alpn) { Meaning = "the offer or the server's protocols are others" };
        if (message.AcceptsPreSharedKey) yield return new("pre-shared key", "accepted") { Meaning = "only one of the sessions was resumed" };
        yield return new("extensions", [.. message.Extensions.Select(e => e.Type).Where(t => t != ExtensionType.ApplicationLayerProtocolNegotiation && t != ExtensionType.PreSharedKey).Select(t => t.Name)])
        {
            Meaning = "another server, or other settings of it",
        };
    }

    private static IEnumerable<StepFact> Wanted(ServerHello message)
    {
        if (message.Group is { } wanted) yield return new(Detail.Brief, "", $"requests key share {wanted.Label}");
        if (message.Extensions.Has(ExtensionType.Cookie)) yield return new(Detail.Normal, "", "cookie");
    }

    private static IEnumerable<StepFact> Chosen(ServerHello message)
    {
        if (message.AcceptsPreSharedKey) yield return new(Detail.Normal, "", message is { Version.IsTls13: true, Group: null } ? "PSK accepted, PSK-only" : "PSK accepted");
        if (!message.Version.IsTls13) yield return new(Detail.Normal, "", message.Version.Name);
        if (message.CipherSuite is { } suite) yield return new(Detail.Brief, "", suite.Label);
        if (message.Group is { } group) yield return new(Detail.Normal, "", group.Label);
        if (message.AlpnProtocol is { } alpn) yield return new(Detail.Normal, "ALPN", alpn);
    }
}
