namespace HandshakeToMermaid.Tests;

/// <summary>What the library is to its users.</summary>
internal static class Facade
{
    /// <summary>The types that a user of the library needs; everything else is its inside.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(DiagramDetail),
        typeof(DiagramTime),
        typeof(FindingSeverity),
        typeof(Handshake),
        typeof(HandshakeActor),
        typeof(HandshakeCertificate),
        typeof(HandshakeConfidence),
        typeof(HandshakeDiagramOptions),
        typeof(HandshakeEndpoint),
        typeof(HandshakeFinding),
        typeof(HandshakeLimits),
        typeof(HandshakeOptions),
        typeof(HandshakeOutcome),
        typeof(HandshakeReadException),
        typeof(HandshakeReadSummary),
        typeof(HandshakeStep),
        typeof(HandshakeTiming),
        typeof(HandshakeTls),
        typeof(HandshakeVisit),
        typeof(HandshakeWait),
        typeof(Handshakes),
        typeof(StepProvenance),
        typeof(UnparsedPart),
    ];
}
