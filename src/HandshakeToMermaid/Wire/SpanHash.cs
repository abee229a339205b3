using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Wire;

/// <summary>
/// A fast, non-cryptographic hash of a byte span, for tables whose slots are overwritten. Spans longer than
/// <see cref="Whole"/> are sampled, so the caller must compare the content on a match.
/// </summary>
internal static class SpanHash
{
    /// <summary>The number.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed)
    {
        var hash = (seed * Odd) ^ (ulong)bytes.Length;
        var step = bytes.Length <= Whole ? sizeof(ulong) : (bytes.Length / Samples) & ~7;
        var at = 0;
        for (; at + sizeof(ulong) <= bytes.Length; at += step) hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[at..]));
        if (bytes.Length >= sizeof(ulong)) return (uint)Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..]));
        foreach (var one in bytes) hash = (hash << 8) ^ (hash >> 56) ^ one;
        return (uint)Mix(hash);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ Odd, Other, out var low);
        return high ^ low;
    }

    private const int Whole = 256;
    private const int Samples = 16;
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private const ulong Other = 0xD6E8FEB86659FD93;
}
