using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>A handshake message as the checks of the handshake need it.</summary>
internal interface ITranscriptMessage
{
    /// <summary>Which way it went.</summary>
    Direction From { get; }

    /// <summary>The latest frame that holds some of it, and when it was complete.</summary>
    FrameMark Last { get; }

    /// <summary>The message.</summary>
    HandshakeMessage Message { get; }

    /// <summary>What the transcript hash covers (RFC 8446 section 4.4.1); with DTLS up to 1.2 the longer header too (RFC 6347 section 4.2.6).</summary>
    ReadOnlyMemory<byte> Hashed { get; }
}
