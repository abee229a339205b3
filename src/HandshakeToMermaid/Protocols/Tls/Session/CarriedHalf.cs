using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Steps;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The state of one direction of a TLS connection, for any transport: each transport derives its own and stores there what it assembles.</summary>
internal abstract class CarriedHalf
{
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

    /// <summary>An unknown number of records is missing before the next one.</summary>
    public bool HasLostRecords { get; set; }

    /// <summary>The first bytes of what is no TLS.</summary>
    public ReadOnlyMemory<byte> Foreign { get; set; }

    /// <summary>Where that was.</summary>
    public FrameMark ForeignMark { get; set; }

    /// <summary>Bytes of this direction that were seen, TLS or not.</summary>
    public long SeenBytes { get; set; }

    /// <summary>The capture began inside this direction: its first bytes need not be the beginning of anything.</summary>
    public bool JoinedMidway { get; set; }

    /// <summary>True where this direction spoke something else from its first byte on.</summary>
    public bool IsCleartext => RecordCount == 0 && !Foreign.IsEmpty && !HasGap && !JoinedMidway;

    /// <summary>Bytes are missing before the handshake was over.</summary>
    public bool HasGap { get; set; }

    /// <summary>Some of those bytes may have arrived: the capture lacks them, and not the receiver.</summary>
    public bool HasCaptureGap { get; set; }
}
