using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>Takes the bytes of both directions of a flow, each in order.</summary>
public interface IStreamReader
{
    /// <summary>The next bytes of one direction, all from one frame. Valid during the call.</summary>
    void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark);

    /// <summary>Bytes are missing here; what follows begins after them.</summary>
    void Gap(Direction from, StreamGap gap);

    /// <summary>True once nothing more is wanted from this direction: the flow then stops putting its bytes in order.</summary>
    bool IsSatisfied(Direction from);
}
