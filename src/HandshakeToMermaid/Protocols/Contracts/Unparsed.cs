namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Something that could not be read, so that its absence proves nothing.</summary>
/// <param name="What">Why.</param>
/// <param name="Detail">One displayed clause.</param>
/// <param name="Frames">Where.</param>
internal sealed record Unparsed(UnparsedReason What, string Detail, IReadOnlyList<long> Frames);
