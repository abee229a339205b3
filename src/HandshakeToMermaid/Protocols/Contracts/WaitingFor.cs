using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What the client waited for in vain before any TLS.</summary>
/// <param name="Asked">The last thing that it said; null where it said nothing.</param>
/// <param name="Since">From when on it waited.</param>
/// <param name="What">What it waited for, for a sentence: "the answer to its SSLRequest", "the server's greeting".</param>
internal sealed record WaitingFor(Step? Asked, FrameMark Since, string What);
