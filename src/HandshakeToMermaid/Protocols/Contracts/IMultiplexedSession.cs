using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>One reading of a connection that carries many streams: it takes the bytes of each in order and then says what it learned.</summary>
internal interface IMultiplexedSession
{
    /// <summary>True once nothing more is wanted.</summary>
    bool IsSatisfied { get; }

    /// <summary>Takes the next bytes of a stream.</summary>
    /// <param name="from">Who sends them.</param>
    /// <param name="stream">The stream's number (RFC 9000 section 2.1).</param>
    /// <param name="bytes">The bytes; valid during the call.</param>
    /// <param name="mark">Their frame, and when the stream was whole up to them.</param>
    void Bytes(Direction from, ulong stream, ReadOnlySpan<byte> bytes, FrameMark mark);

    /// <summary>What was learned, one entry for each protocol. Called once, after the last byte.</summary>
    IReadOnlyList<ProtocolFacts> Finish();
}
