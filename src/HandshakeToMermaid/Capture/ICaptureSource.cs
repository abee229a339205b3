using System.Net;

namespace HandshakeToMermaid.Capture;

/// <summary>Frames in the order in which they were captured: a file, several files as one, standard input, an interface.</summary>
internal interface ICaptureSource : IDisposable
{
    /// <summary>
    /// Reads the next frame. False at the end, and where the rest cannot be read, see <see cref="Damages"/>.
    /// The frame's bytes stay valid until the next call.
    /// </summary>
    bool TryRead(out CapturedFrame frame);

    /// <summary>The name of the capture that the last frame came from, as the user gave it.</summary>
    string Name { get; }

    /// <summary>What could not be read; each is complete up to there. Grows while reading.</summary>
    IReadOnlyList<CaptureDamage> Damages { get; }

    /// <summary>Bytes read so far, and the total; null where it is unknown (a pipe, an interface).</summary>
    (long Read, long? Total) Progress { get; }

    /// <summary>TLS key logs found inside the capture (pcapng Decryption Secrets Blocks). Grows while reading.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs { get; }

    /// <summary>
    /// True where <see cref="KeyLogs"/> may still grow; false where the capture cannot hold any, or was looked through
    /// for them when it was opened.
    /// </summary>
    bool MayBringKeyLogs => false;

    /// <summary>Names of addresses that the capture itself gives (pcapng Name Resolution Blocks). Grows while reading.</summary>
    IReadOnlyDictionary<IPAddress, string> Names { get; }

    /// <summary>
    /// The time until which the capture was running, if it states so (pcapng Interface Statistics Blocks): what did not happen by then
    /// was waited for that long. Known at the end.
    /// </summary>
    Timestamp? EndTime => null;
}
