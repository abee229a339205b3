using System.Net;

namespace HandshakeToMermaid;

/// <summary>
/// What a connection has in common with another one of the same client to the same name: one ran over QUIC, the other one over TCP. Both have a visit, and each names
/// the other.
/// </summary>
public sealed class HandshakeVisit
{
    /// <summary>The number of the first frame of the one that began first: both have the same.</summary>
    public required long Id { get; init; }

    /// <summary>Which of the two this connection is: <c>quic</c> or <c>tcp</c>.</summary>
    public required string Lane { get; init; }

    /// <summary>
    /// Why there are two: <c>fallback</c>, <c>race</c>, <c>alt_svc</c> (RFC 7838), <c>https_record</c> (RFC 9460), or <c>unknown</c> where nothing shows it. Later versions may
    /// add reasons.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>Whether the capture shows the reason, or only fits it.</summary>
    public required HandshakeConfidence Confidence { get; init; }

    /// <summary>The same as a sentence: what was seen, and what it probably means.</summary>
    public required string Text { get; init; }

    /// <summary>The numbers of the frames that show it, in order.</summary>
    public required IReadOnlyList<long> Frames { get; init; }

    /// <summary>The address that the other connection went to.</summary>
    public required IPAddress OtherAddress { get; init; }

    /// <summary>The port that the other connection went to.</summary>
    public required int OtherPort { get; init; }

    /// <summary>The number of the first frame of the other connection.</summary>
    public required long OtherFirstFrame { get; init; }
}
