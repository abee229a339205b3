using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>What is known of one direction of a TLS connection over TCP.</summary>
internal sealed class TlsHalf : CarriedHalf
{
    public TlsHalf(Direction from, IRecordReader reader, AnalyzerLimits limits, DecodedParts? parts)
    {
        Records = new RecordAssembler(from, reader);
        Handshake = new HandshakeAssembler(limits, parts?.Known);
        Encrypted = new EncryptedHalf(from, limits.EncryptedBytes);
    }

    public RecordAssembler Records { get; }

    public HandshakeAssembler Handshake { get; }

    /// <summary>The encrypted records stored for decryption.</summary>
    public EncryptedHalf Encrypted { get; }

    /// <summary>SSL 2.0: what comes is encrypted.</summary>
    public bool IsSsl2Encrypted { get; set; }
}
