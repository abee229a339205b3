using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One phase of a connection on a timeline.</summary>
/// <param name="Labels">The same text at decreasing length: the first that has room is drawn.</param>
/// <param name="Start">From the axis's zero to its beginning.</param>
/// <param name="Length">How long it took.</param>
/// <param name="Color">The color of its phase.</param>
internal sealed record TimelineBar(IReadOnlyList<string> Labels, Duration Start, Duration Length, BandColor Color)
{
    /// <summary>True where the connection failed in it.</summary>
    public bool IsFailure { get; init; }

    /// <summary>From the axis's zero to its end.</summary>
    public Duration End => Start + Length;
}
