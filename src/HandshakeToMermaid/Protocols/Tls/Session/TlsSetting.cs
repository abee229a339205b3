using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The settings of a TLS session.</summary>
/// <param name="Limits">The caps.</param>
internal sealed record TlsSetting(AnalyzerLimits Limits)
{
    /// <summary>The secrets known so far, of all sessions.</summary>
    public SecretStore Secrets { get; init; } = new();

    /// <summary>
    /// True while secrets of any session may still arrive: then encrypted records of every connection are stored, else only of
    /// those whose secrets are known at the ClientHello.
    /// </summary>
    public bool MayBringSecrets { get; init; }

    /// <summary>False to leave the signatures of handshakes unchecked.</summary>
    public bool VerifiesHandshakes { get; init; } = true;

    /// <summary>What connections share of what was decoded; null to decode everything anew.</summary>
    public DecodedParts? Parts { get; init; }

    /// <summary>Creates the session for the decrypted application data, given the direction in which the client sends; null to ignore that data.</summary>
    public Func<Direction, IStreamSession>? Inner { get; init; }
}
