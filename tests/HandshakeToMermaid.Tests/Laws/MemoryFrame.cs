using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>A frame with bytes of its own. It keeps its number where others are dropped or put beside it, so that findings stay comparable.</summary>
internal sealed record MemoryFrame(long Number, Timestamp Time, LinkType Link, byte[] Data, uint OriginalLength);
