using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>Takes the bytes of both directions of a stream, each in order.</summary>
internal interface IStreamReader
{
    /// <summary>The next bytes of one direction, all from one frame. Valid during the call.</summary>
    void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark);

    /// <summary>Bytes are missing here; what follows begins after them.</summary>
    void Gap(Direction from, StreamGap gap);

    /// <summary>Whole units of the protocol were left out of the recording here.</summary>
    /// <param name="from">The direction.</param>
    /// <param name="omission">How many, and where.</param>
    /// <param name="end">The last bytes of the last unit, as far as they were recorded.</param>
    void Omitted(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end) => Gap(from, new StreamGap(GapKind.CapReached, omission.Length, omission.First));

    /// <summary>Bytes of memory that it holds.</summary>
    int HeldBytes => 0;

    /// <summary>True once nothing more is wanted from this direction.</summary>
    bool IsSatisfied(Direction from);
}
