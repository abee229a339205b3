using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>What must be known to read a handshake message whose form depends on what was agreed before.</summary>
/// <param name="Version">The version agreed on; the default value where it is not known yet.</param>
/// <param name="Suite">The cipher suite agreed on; null where it is not known.</param>
/// <param name="Limits">The caps.</param>
internal readonly record struct MessageContext(ProtocolVersion Version, CipherSuite? Suite, AnalyzerLimits Limits)
{
    /// <summary>What was decoded before; null to decode everything anew.</summary>
    public DecodedParts? Parts { get; init; }

    /// <summary>Nothing known: good for hellos.</summary>
    public static MessageContext Initial => new(default, null, AnalyzerLimits.Default);

    /// <summary>True where signatures name their algorithm: since TLS 1.2, and DTLS 1.2.</summary>
    internal bool NamesSignatures => Version.IsTls13 || Version.Code is 0x0303 or 0xFEFD;
}
