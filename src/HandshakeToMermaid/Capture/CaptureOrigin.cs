namespace HandshakeToMermaid.Capture;

/// <summary>Where a capture's bytes come from, before any unpacking.</summary>
/// <param name="Name">As the user gave it.</param>
/// <param name="Raw">The bytes as they are stored.</param>
/// <param name="Total">How many there are; null for a pipe.</param>
internal sealed record CaptureOrigin(string Name, ReadBuffer Raw, long? Total);
