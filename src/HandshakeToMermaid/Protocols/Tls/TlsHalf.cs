using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>What is known of one direction of a TLS connection over TCP.</summary>
internal sealed class TlsHalf
{
    public TlsHalf(Direction from, IRecordReader reader, AnalyzerLimits limits)
    {
        Records = new RecordAssembler(from, reader);
        Handshake = new HandshakeAssembler(limits);
        Sealed = new SealedHalf(from, limits.SealedBytes);
    }

    public RecordAssembler Records { get; }

    public HandshakeAssembler Handshake { get; }

    /// <summary>A ChangeCipherSpec was seen: up to TLS 1.2 everything behind it is encrypted.</summary>
    public bool HasChangedCipher { get; set; }

    /// <summary>The first encrypted handshake record behind it, up to TLS 1.2: the Finished.</summary>
    public EncryptedFlightStep? Finished { get; set; }

    /// <summary>Records of application data.</summary>
    public int DataRecords { get; set; }

    /// <summary>Bytes of application data, encrypted.</summary>
    public long DataBytes { get; set; }

    /// <summary>The first record of application data.</summary>
    public FrameMark FirstData { get; set; }

    /// <summary>Records that could be read as such.</summary>
    public int RecordCount { get; set; }

    /// <summary>The encrypted records kept for decryption.</summary>
    public SealedHalf Sealed { get; }

    /// <summary>An unknown number of records is missing before the next one.</summary>
    public bool HasLostRecords { get; set; }

    /// <summary>The first bytes of what is no TLS.</summary>
    public ReadOnlyMemory<byte> Foreign { get; set; }

    /// <summary>Where that was.</summary>
    public FrameMark ForeignMark { get; set; }

    /// <summary>Bytes are missing before the handshake was over.</summary>
    public bool HasGap { get; set; }

    /// <summary>SSL 2.0: what comes is encrypted.</summary>
    public bool IsSsl2Sealed { get; set; }
}
