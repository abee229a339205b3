using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// Chooses what is recorded of a stream that goes on beyond <see cref="Limits.AnalyzerLimits.RecordedBytes"/>. Made by the protocol that was
/// recognised, for one flow.
/// </summary>
internal interface IRecordingFilter
{
    /// <summary>Takes the next bytes of one direction, all from one frame, and writes what is worth recording of them, now or later.</summary>
    void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark, IRecording recording);

    /// <summary>Bytes are missing here.</summary>
    void Gap(Direction from, StreamGap gap, IRecording recording);

    /// <summary>True once nothing more of this direction is worth recording: the flow then stops putting its bytes in order.</summary>
    bool IsComplete(Direction from);

    /// <summary>Bytes of memory that it holds, by estimate.</summary>
    int HeldBytes { get; }

    /// <summary>Writes what is held back: the last units, of which it is not known before the end that they are the last. May be called repeatedly.</summary>
    void WriteEnd(IRecording recording);
}
