using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

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
        if (message.PreSharedKey is not null) yield return new(Detail.Normal, "", "PSK");
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
