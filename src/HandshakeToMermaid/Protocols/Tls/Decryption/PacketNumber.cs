namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Numbers of which a header holds only the low bits (RFC 9000 appendix A.3, RFC 9147 section 4.2.2).</summary>
internal static class PacketNumber
{
    /// <summary>The number with these low bits that is nearest to the one expected next.</summary>
    public static ulong Nearest(ulong next, ulong low, int bits)
    {
        var window = 1UL << bits;
        var candidate = (next & ~(window - 1)) | low;
        if (candidate + (window / 2) <= next) return candidate + window;
        return candidate > next + (window / 2) && candidate >= window ? candidate - window : candidate;
    }
}
