namespace HandshakeToMermaid.Tests.Capture;

/// <summary>One frame, copied.</summary>
internal sealed record ReadFrame(long Number, long Time, ushort Link, string Data, uint OriginalLength, string Capture);
