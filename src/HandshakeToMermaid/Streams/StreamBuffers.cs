using System.Buffers;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// Room for the bytes that open streams keep. A capture has thousands open at once; the pool that all programs share keeps some dozen
/// arrays, and the others would be made anew and moved by every collection.
/// </summary>
internal static class StreamBuffers
{
    /// <summary>The pool.</summary>
    public static ArrayPool<byte> Pool { get; } = ArrayPool<byte>.Create(Longest, MostKept);

    private const int Longest = 32 * 1024;
    private const int MostKept = 4096;
}
