using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>What is recorded of one stream; see <see cref="IRecordingFilter"/>.</summary>
internal interface IRecording
{
    /// <summary>Records bytes that came in one frame.</summary>
    void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark);

    /// <summary>Records that bytes are missing.</summary>
    void Gap(Direction from, StreamGap gap);

    /// <summary>Records that whole units were left out, with the last bytes of the last one.</summary>
    void Omit(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end);
}
