using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The settings of a TLS session.</summary>
/// <param name="Limits">The caps.</param>
internal sealed record TlsSetting(AnalyzerLimits Limits)
{
    /// <summary>The secrets known so far, of all sessions.</summary>
    public SecretStore Secrets { get; init; } = new();

    /// <summary>The private keys of servers, from which secrets are derived; null for none.</summary>
    public PrivateKeys? PrivateKeys { get; init; }

    /// <summary>
    /// True while secrets of any session may still arrive: then encrypted records of every connection are stored, else only of
    /// those whose secrets are known at the ClientHello.
    /// </summary>
    public bool MayBringSecrets { get; init; }

    /// <summary>False to leave the signatures of handshakes unchecked.</summary>
    public bool VerifiesHandshakes { get; init; } = true;

    /// <summary>What carries the records, where that is no plain TCP: "EAP-TLS"; null elsewhere.</summary>
    public string? Carrier { get; init; }

    /// <summary>True where the records are themselves what other records protected: then gaps are those of the outer stream.</summary>
    public bool IsInsideTls { get; init; }

    /// <summary>What connections share of what was decoded; null to decode everything anew.</summary>
    public DecodedParts? Parts { get; init; }

    /// <summary>True where nothing can be decrypted, now or later.</summary>
    public bool LacksSecrets => Secrets.IsEmpty && !MayBringSecrets && PrivateKeys is null;

    /// <summary>Creates an empty session.</summary>
    public TlsSession CreateSession() => new(Limits, Parts, PrivateKeys is null ? null : new RsaKeyExchange(PrivateKeys, Secrets));

    /// <summary>True while secrets may still come for a session of a cipher suite, null where it is not known yet.</summary>
    public bool AwaitsSecrets(CipherSuite? suite) => MayBringSecrets || (PrivateKeys is not null && RsaKeyExchange.Fits(suite));

    /// <summary>Creates the session for the decrypted application data, given the direction in which the client sends; null to ignore that data.</summary>
    public Func<Direction, IStreamSession>? Inner { get; init; }
}
