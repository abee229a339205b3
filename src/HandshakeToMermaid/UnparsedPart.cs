namespace HandshakeToMermaid;

/// <summary>A part of a connection that could not be read, so that its absence is not mistaken for a fact.</summary>
/// <param name="Reason">
/// Why, by its name in JSON: <c>gap</c> (bytes that were not captured), <c>cut_packet</c> (the snap length), <c>one_sided</c>, <c>joined_midway</c>,
/// <c>no_keys</c>, <c>cap</c> (one of <see cref="HandshakeLimits"/>) or <c>fault</c> (bytes that violate their protocol).
/// </param>
/// <param name="Detail">What is missing, in one clause.</param>
/// <param name="Frames">The numbers of the frames concerned.</param>
public sealed record UnparsedPart(string Reason, string Detail, IReadOnlyList<long> Frames);
