using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>
/// Chooses what is recorded of a stream that begins in cleartext and goes on: everything before TLS (the pages with which a proxy asks for credentials
/// may be longer than what is recorded of any stream), then what TLS chooses.
/// </summary>
internal sealed class UpgradeRecordingFilter : IRecordingFilter
{
    private readonly int[] recordedBytes = new int[2];
    private TlsRecordingFilter? tls;
    private int recordedSegments;

    /// <summary>A filter of a stream of which nothing was seen yet.</summary>
    /// <param name="follow">Follows the exchange before TLS, given what begins the session behind it.</param>
    /// <param name="begin">Begins what TLS chooses.</param>
    public UpgradeRecordingFilter(Func<Func<IStreamSession>, UpgradeSession> follow, Func<TlsRecordingFilter> begin) => Session = follow(() => tls = begin());

    /// <summary>Follows the exchange; what was recorded so far is read into it.</summary>
    public UpgradeSession Session { get; }

    /// <inheritdoc/>
    public int HeldBytes => Session.WaitingBytes + (tls?.HeldBytes ?? 0);

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark, IRecording recording)
    {
        if (Session.IsOver(from))
        {
            tls!.Bytes(from, bytes, mark, recording);
            return;
        }

        recordedBytes[(int)from] += bytes.Length;
        recordedSegments++;
        recording.Bytes(from, bytes, mark);
        Session.Bytes(from, bytes, mark);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap, IRecording recording)
    {
        if (Session.IsOver(from))
        {
            tls!.Gap(from, gap, recording);
            return;
        }

        recordedSegments++;
        recording.Gap(from, gap);
        Session.Gap(from, gap);
    }

    /// <inheritdoc/>
    public bool IsComplete(Direction from)
    {
        if (Session.IsOver(from)) return tls!.IsComplete(from);
        return Session.IsSatisfied(from) || recordedBytes[(int)from] > UpgradeSession.MaxBytes || recordedSegments > MaxSegments;
    }

    /// <inheritdoc/>
    public void WriteEnd(IRecording recording) => tls?.WriteEnd(recording);

    /// <summary>Before TLS, beyond what is recorded of any stream: an exchange in so many small pieces is not one.</summary>
    private const int MaxSegments = 1024;
}
