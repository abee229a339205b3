namespace HandshakeToMermaid.Cli.Tests.Fleets;

/// <summary>A DNS query of a row.</summary>
/// <param name="Frame">The number of its frame, by which its row's file knows it.</param>
/// <param name="Resolver">Who was asked.</param>
/// <param name="Milliseconds">How long the answer took; null where there was none.</param>
internal sealed record FleetQuery(long Frame, string Resolver, double? Milliseconds);
