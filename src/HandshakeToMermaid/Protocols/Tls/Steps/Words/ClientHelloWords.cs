using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a ClientHello.</summary>
internal sealed class ClientHelloWords() : MessageWords<ClientHello>("ClientHello", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(ClientHello message, bool isResumed) => message switch
    {
        { IsRepeated: true } => "repeats the offer as the server asked",
        { Cookie.Length: > 0 } => "repeats the offer with the server's cookie",
        { PreSharedKey: not null } => "offers a key shared before, to save a step",
        { OffersTicket: true } => "offers to resume an earlier session",
        { KeyShares.Count: > 0 } => "offers versions, ciphers and key shares",
        _ => "offers versions and cipher suites",
    };

    /// <inheritdoc/>
    protected override string Title(ClientHello message) => message.IsRepeated ? "Second ClientHello" : base.Title(message);

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(ClientHello message, Timestamp seen, Detail detail)
    {
        if (message.ServerName is { } name) yield return new(Detail.Brief, "SNI", name);
        if (message.AlpnProtocols.Count > 0) yield return new(Detail.Normal, "ALPN", string.Join(' ', message.AlpnProtocols));
        if (message.PreSharedKey is not null) yield return new(Detail.Normal, "", message.PreSharedKey.IsExternal ? "external PSK" : "PSK");
        if (message.OffersEarlyData) yield return new(Detail.Normal, "", "early data");
        if ((message.PreSharedKey is not null || message.IsRepeated) && message.KeyShares.Count > 0)
        {
            yield return new(Detail.Normal, "key share", Join(message.KeyShares.Where(k => !k.Group.IsGrease).Select(k => k.Group.Label)));
        }

        if (message.OffersTicket) yield return new(Detail.Normal, "", "session ticket");
        if (message.IsFallback) yield return new(Detail.Normal, "", "fallback");
        if (message.IsSsl2Form) yield return new(Detail.Normal, "", "SSL 2.0 form");
        if (message.Extensions.Duplicates.Count > 0) yield return new(Detail.Normal, "duplicates", Join(message.Extensions.Duplicates.Select(t => t.Name)));
        foreach (var fact in detail < Detail.Full ? [] : WholeOffer(message)) yield return fact;
    }

    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(ClientHello message, Timestamp seen)
    {
        if (message.ServerName is { } name) yield return new("SNI", name) { Meaning = "another name was asked for, by which servers choose certificate and site" };
        yield return new("versions", message.SupportedVersions.Count > 0 ? [.. message.SupportedVersions.Where(v => !v.IsGrease).Select(v => v.Name)] : [message.LegacyVersion.Name])
        {
            Meaning = "another TLS library, or a setting or a policy that limits the versions",
        };
        yield return new("ALPN", [.. message.AlpnProtocols]) { IsOrdered = true, Meaning = "another client, or a setting for HTTP/2" };
        yield return new("cipher suites", [.. message.CipherSuites.Where(s => !s.IsGrease).Select(s => s.Name)]) { IsOrdered = true, Meaning = "another TLS library, or a policy that limits cipher suites" };
        yield return new("groups", [.. message.SupportedGroups.Where(g => !g.IsGrease).Select(g => g.Name)]) { IsOrdered = true, Meaning = "another TLS library, or a policy that limits curves and groups" };
        yield return new("key shares", [.. message.KeyShares.Where(k => !k.Group.IsGrease).Select(k => k.Group.Name)]) { Meaning = "the client guesses another group first" };
        yield return new("signature algorithms", [.. message.SignatureSchemes.Where(s => !s.IsGrease).Select(s => s.Name)]) { IsOrdered = true, Meaning = "another TLS library, or a policy that limits signatures" };
        if (message.PreSharedKey is not null) yield return new("pre-shared key", "offered") { Meaning = "only one of the clients had a session to resume" };
        if (message.OffersTicket) yield return new("session ticket", "offered") { Meaning = "only one of the clients had a session to resume" };
        if (message.OffersEarlyData) yield return new("early data", "offered") { Meaning = "only one of the clients had a session that allows 0-RTT" };
        if (message.IsFallback) yield return new("fallback", "TLS_FALLBACK_SCSV") { Meaning = "the client had failed with a higher version before" };
        if (message.IsSsl2Form) yield return new("form", "SSL 2.0") { Meaning = "a very old client" };
        var extensions = message.Extensions.Select(e => e.Type).ToList();
        yield return new("extensions", [.. extensions.Where(t => !t.IsGrease && !SpeaksForItself(t)).Select(t => t.Name)])
        {
            // Clients that send GREASE also shuffle their extensions, so that nobody relies on the order (RFC 8701).
            IsOrdered = !extensions.Exists(t => t.IsGrease),
            Meaning = "another TLS library or other settings of it",
        };
    }

    /// <summary>Extensions whose presence another field shows.</summary>
    private static bool SpeaksForItself(ExtensionType type) => type == ExtensionType.ServerName || type == ExtensionType.ApplicationLayerProtocolNegotiation
        || type == ExtensionType.PreSharedKey || type == ExtensionType.EarlyData || type == ExtensionType.Padding;

    private static IEnumerable<StepFact> WholeOffer(ClientHello message)
    {
        yield return new(Detail.Full, "versions", message.SupportedVersions.Count > 0 ? string.Join(", ", message.SupportedVersions) : message.LegacyVersion.Name);
        yield return new(Detail.Full, "cipher suites", Join(message.CipherSuites.Select(c => c.Name)));
        if (message.SupportedGroups.Count > 0) yield return new(Detail.Full, "groups", Join(message.SupportedGroups.Select(g => g.Name)));
        if (message.KeyShares.Count > 0) yield return new(Detail.Full, "key shares", Join(message.KeyShares.Select(k => $"{k.Group.Name} ({k.KeyExchange.Length} B)")));
        if (message.SignatureSchemes.Count > 0) yield return new(Detail.Full, "signature algorithms", Join(message.SignatureSchemes.Select(s => s.Name)));
        if (message.PreSharedKey is { } psk) yield return new(Detail.Full, "pre-shared keys", $"{psk.Identities.Count}");
        if (message.EncryptedClientHello is { PayloadLength: > 0 } ech) yield return new(Detail.Full, "ECH", $"config {ech.ConfigId}, {ByteCount.Text(ech.PayloadLength)}");
        if (message.SessionId.Length > 0) yield return new(Detail.Full, "session id", Convert.ToHexStringLower(message.SessionId.Span));
        if (message.Extensions.Count > 0) yield return new(Detail.Full, "extensions", Join(message.Extensions.Select(e => e.Type.Name)));
    }

    private static string Join(IEnumerable<string> names) => string.Join(' ', names);
}
