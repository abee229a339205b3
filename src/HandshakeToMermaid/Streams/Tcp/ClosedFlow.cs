using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>What is remembered of a connection that was reported.</summary>
/// <param name="Hash">Of its endpoints.</param>
/// <param name="Expires">Until when, in capture time.</param>
/// <param name="Lower">The next sequence number of the end that sorts first; null where unknown.</param>
/// <param name="Upper">The next sequence number of the other end.</param>
internal readonly record struct ClosedFlow(ulong Hash, Timestamp Expires, uint? Lower, uint? Upper);
