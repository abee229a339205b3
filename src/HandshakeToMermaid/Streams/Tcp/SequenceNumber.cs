namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>Arithmetic modulo 2^32 on TCP sequence numbers (RFC 9293 section 3.4).</summary>
internal static class SequenceNumber
{
    /// <summary>How far <paramref name="to"/> lies after <paramref name="from"/>; negative where it lies before. Right while both are less than 2^31 apart.</summary>
    public static int Distance(uint from, uint to) => unchecked((int)(to - from));

    /// <summary>True where <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool IsBefore(uint left, uint right) => Distance(left, right) > 0;

    /// <summary>
    /// The 64-bit position of <paramref name="sequence"/> nearest to <paramref name="near"/>. Positions do not wrap; their
    /// lower 32 bits are the sequence number.
    /// </summary>
    public static long Lift(long near, uint sequence) => near + Distance(unchecked((uint)near), sequence);
}
