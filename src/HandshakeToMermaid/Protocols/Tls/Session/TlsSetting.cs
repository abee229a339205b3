using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>What a dialogue in TLS is given besides its bytes.</summary>
/// <param name="Limits">The caps.</param>
internal sealed record TlsSetting(AnalyzerLimits Limits)
{
    /// <summary>The secrets known so far, of all sessions.</summary>
    public SecretStore Secrets { get; init; } = new();

    /// <summary>
    /// True while secrets of any session may still come: then encrypted records are kept of every connection, else only of
    /// those whose secrets are known when the ClientHello passes.
    /// </summary>
    public bool MayBringSecrets { get; init; }

    /// <summary>What connections share of what was decoded; null to decode everything anew.</summary>
    public DecodedParts? Parts { get; init; }

    /// <summary>Begins what follows the opened application data, given the direction in which the client sends; null to look at none.</summary>
    public Func<Direction, IStreamSession>? Inner { get; init; }
}
