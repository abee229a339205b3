using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Pipeline;

/// <summary>A flow that is over and correlated, and still to be read.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Place">What it belongs to.</param>
internal readonly record struct PlacedFlow(RecordedFlow Flow, Visit Place);
