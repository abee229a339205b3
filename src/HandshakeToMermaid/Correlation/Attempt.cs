using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>Another address of the same name that the client tried first and that did not answer in time (RFC 8305, Happy Eyeballs).</summary>
/// <param name="Server">Where it went.</param>
/// <param name="Steps">What was seen of it.</param>
/// <param name="Start">Its first frame.</param>
/// <param name="WasReset">True where it was refused, false where it stayed without an answer.</param>
internal sealed record Attempt(IpEndpoint Server, IReadOnlyList<Step> Steps, FrameMark Start, bool WasReset)
{
    /// <summary>What it is besides where it is the other lane of a visit over QUIC and TCP; null for an address that was only tried.</summary>
    public Lane? Lane { get; init; }

    /// <summary>Which side a step came from: the client sent the SYN.</summary>
    public Side SideOf(Step step) => step.From == (Lane?.Client ?? Direction.Forward) ? Side.Client : Side.Server;
}
