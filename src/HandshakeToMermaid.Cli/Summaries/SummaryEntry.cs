using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Summaries;

/// <summary>What a summary needs of a connection.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Kind">Whether its handshake was completed.</param>
/// <param name="IsFailed">True where it counts as failed.</param>
/// <param name="Cause">The code of its leading finding, else the class of its outcome; null where nothing is wrong.</param>
/// <param name="Title">What the cause is, in a few words.</param>
/// <param name="Version">What its handshake is called: "TLS 1.3"; of one without a handshake what carries it.</param>
/// <param name="Server">The name or address of its server.</param>
/// <param name="Phases">How long its completed phases took.</param>
internal sealed record SummaryEntry(
    Timestamp Start, OutcomeKind Kind, bool IsFailed, string? Cause, string Title, string Version, string Server, IReadOnlyList<(string Phase, Duration Length)> Phases);
