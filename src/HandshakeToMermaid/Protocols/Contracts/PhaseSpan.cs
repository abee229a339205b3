using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>From where to where a protocol's handshake reached, and how it is headed in a diagram.</summary>
/// <param name="Phase">The band.</param>
/// <param name="Title">What stands first in the band's header: "TLS 1.3".</param>
/// <param name="Marks">What follows it: "resumed", "mutual", "decrypted".</param>
/// <param name="Start">The frame that began it; not set where the capture joined later.</param>
/// <param name="Done">The frame that completed it; not set where it never was completed.</param>
/// <param name="RoundTrips">Round trips it took, in halves; null where unknown.</param>
internal sealed record PhaseSpan(Phase Phase, string Title, IReadOnlyList<string> Marks, FrameMark Start, FrameMark Done, double? RoundTrips)
{
    /// <summary>What its header says besides, and a list does not: "0-RTT accepted".</summary>
    public string? Remark { get; init; }
}
