using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Timeline;

/// <summary>
/// How long the parts of a connection took. Whose wait it was is told from where the capture stands: the SYN and its
/// answer measure the way to the server and back, the SYN-ACK and its answer the way to the client and back, and what an
/// answer took longer than that was thinking.
/// </summary>
/// <param name="Dns">From the first question to the last answer before the connection.</param>
/// <param name="Tcp">From SYN to the ACK that completed the handshake.</param>
/// <param name="Tls">From the ClientHello to the message that established the connection.</param>
/// <param name="Total">From the first frame that belongs to the visit to the established connection.</param>
/// <param name="RoundTrip">The network's round trip, from SYN to ACK.</param>
/// <param name="ServerThink">What the server's first answer took beyond the network.</param>
/// <param name="ClientThink">What the client's answer to the server's flight took beyond the network.</param>
public sealed record Timing(
    Duration? Dns,
    Duration? Tcp,
    Duration? Tls,
    Duration? Total,
    Duration? RoundTrip,
    Duration? ServerThink,
    Duration? ClientThink);
