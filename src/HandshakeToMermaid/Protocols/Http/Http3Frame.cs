using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>A HEADERS or SETTINGS frame of HTTP/3.</summary>
/// <param name="IsHeaders">False for SETTINGS.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="First">Where its first byte came.</param>
/// <param name="Last">Where its last byte came.</param>
internal readonly record struct Http3Frame(bool IsHeaders, byte[] Payload, FrameMark First, FrameMark Last);
