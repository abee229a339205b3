using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Summaries;

/// <summary>The connection that took longest for a phase.</summary>
/// <param name="Phase">The phase: "DNS".</param>
/// <param name="Length">How long it took.</param>
/// <param name="Number">The number of the connection.</param>
/// <param name="Server">The name or address of its server.</param>
internal sealed record SlowestPhase(string Phase, Duration Length, int Number, string Server);
