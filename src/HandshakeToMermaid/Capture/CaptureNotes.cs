using System.Net;
using System.Security.Cryptography;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture;

/// <summary>
/// What captures say beside their frames, and what could not be read of them. One for all captures of a set; every
/// list is capped, so that a capture made of nothing but key logs or names cannot grow it without end.
/// </summary>
internal sealed class CaptureNotes
{
    private readonly AnalyzerLimits limits;
    private readonly List<CaptureDamage> damages = [];
    private readonly List<ReadOnlyMemory<byte>> keyLogs = [];
    private readonly HashSet<UInt128> keyLogHashes = [];
    private readonly Dictionary<IPAddress, string> names = [];
    private long keyLogBytes;

    public CaptureNotes(AnalyzerLimits limits)
    {
        this.limits = limits;
    }

    public IReadOnlyList<CaptureDamage> Damages => damages;

    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => keyLogs;

    /// <summary>True where the captures were looked through for key logs before they are read.</summary>
    public bool HasAllKeyLogs { get; set; }

    public IReadOnlyDictionary<IPAddress, string> Names => names;

    /// <summary>The latest time until which a capture states that it was running.</summary>
    public Timestamp? EndTime { get; private set; }

    public void WaitedUntil(Timestamp time)
    {
        if (EndTime is null || time > EndTime) EndTime = time;
    }

    public void Add(CaptureDamage damage) => damages.Add(damage);

    /// <summary>Stores a copy of a key log; one that the files of a rotated set repeat is stored once. False if the cap is reached.</summary>
    public bool TryAddKeyLog(ReadOnlySpan<byte> keyLog)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(keyLog, hash);
        var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
        if (keyLogHashes.Contains(key)) return true;
        if (keyLogBytes + keyLog.Length > KeyLogRoom * (long)limits.FrameBytes || keyLogs.Count >= MaxKeyLogs) return false;
        keyLogHashes.Add(key);
        keyLogBytes += keyLog.Length;
        keyLogs.Add(keyLog.ToArray());
        return true;
    }

    /// <summary>Keeps the first name that is given for an address. False where there is no more room.</summary>
    public bool TryAddName(IPAddress address, string name)
    {
        if (names.ContainsKey(address)) return true;
        if (names.Count >= limits.RememberedQueries) return false;
        names.Add(address, name);
        return true;
    }

    // A browser's day of connections is a few megabytes of key log; blocks are capped like frames.
    private const int KeyLogRoom = 4;
    private const int MaxKeyLogs = 65_536;
}
