using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Pipeline;

/// <summary>A flow that is over and correlated, and still to be read.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Context">What it belongs to.</param>
internal readonly record struct CorrelatedFlow(RecordedFlow Flow, ConnectionContext Context);
