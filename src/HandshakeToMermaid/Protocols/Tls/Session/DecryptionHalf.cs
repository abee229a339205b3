using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The state of one direction during decryption.</summary>
internal sealed class DecryptionHalf(Direction from, Side side, AnalyzerLimits limits)
{
    public Direction From { get; } = from;

    public Side Side { get; } = side;

    public HandshakeAssembler Handshake { get; } = new(limits);

    /// <summary>The frame in which the current message began.</summary>
    public FrameMark MessageFirst { get; set; }

    /// <summary>The decryptor of the last record; null if the keys must be found by trying the next one.</summary>
    public RecordDecryptor? Opener { get; set; }

    /// <summary>TLS 1.3: the keys in use.</summary>
    public TlsEpoch Epoch { get; set; } = TlsEpoch.Handshake;

    /// <summary>TLS 1.3: decryptors by epoch, none of them used yet; null if not created.</summary>
    public List<RecordDecryptor>?[] ByEpoch { get; } = new List<RecordDecryptor>?[3];

    /// <summary>Up to TLS 1.2: decryptors since the last ChangeCipherSpec, none of them used yet.</summary>
    public List<RecordDecryptor> SinceChange { get; set; } = [];

    /// <summary>Up to TLS 1.2: decompresses what is decrypted; null where records are not compressed.</summary>
    public RecordInflater? Inflater { get; set; }

    /// <summary>The key change after the current record.</summary>
    public KeyChange AfterRecord { get; set; }

    /// <summary>The number of decrypted records.</summary>
    public int Opened { get; set; }

    /// <summary>The number of records not decrypted; early data without a secret does not count once the handshake after it is decrypted.</summary>
    public int Closed => closed + (Epoch == TlsEpoch.Early && Opened == 0 ? early : 0);

    /// <summary>The first of those.</summary>
    public FrameMark FirstClosed { get; private set; }

    /// <summary>True once a key was tried on a record.</summary>
    public bool WasTried { get; set; }

    /// <summary>Why it could not be decrypted.</summary>
    public string? Why { get; set; }

    /// <summary>True where the side's handshake messages were all read, up to its Finished.</summary>
    public bool HasFinished { get; set; }

    /// <summary>Bytes of early data.</summary>
    public int EarlyBytes { get; set; }

    /// <summary>Where early data began and ended.</summary>
    public (FrameMark First, FrameMark Last) Early { get; set; }

    /// <summary>True once application data other than early data was decrypted.</summary>
    public bool HasData { get; set; }

    /// <summary>Counts a record that could not be decrypted.</summary>
    public void Close(FrameMark mark)
    {
        var isEarly = Epoch == TlsEpoch.Early && Opened == 0;
        if (isEarly) early++;
        else closed++;
        if (!FirstClosed.IsSet) FirstClosed = mark;
    }

    /// <summary>Every key that does not fit costs a try: a direction where so many records fail is given up.</summary>
    public bool IsGivenUp => Closed >= MaxClosed && Opened == 0;

    public void Release()
    {
        Opener?.Dispose();
        Inflater?.Dispose();
        foreach (var epoch in ByEpoch)
        {
            foreach (var opener in epoch ?? []) opener.Dispose();
        }

        foreach (var opener in SinceChange) opener.Dispose();
    }

    private const int MaxClosed = 64;

    private int closed;
    private int early;
}
