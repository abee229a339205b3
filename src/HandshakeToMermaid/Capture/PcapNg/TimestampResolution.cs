namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// What one tick of an interface's time stamps is: <c>if_tsresol</c> (draft-ietf-opsawg-pcapng section 4.2), a negative power of 10,
/// or of 2 where the highest bit is set. Parts of a nanosecond are cut off.
/// </summary>
internal readonly struct TimestampResolution
{
    private readonly long nanosecondsPerTick;
    private readonly byte code;

    public TimestampResolution(byte code)
    {
        this.code = code;
        if (code <= 9) nanosecondsPerTick = (long)PowerOfTen(9 - code);
    }

    /// <summary>The default: microseconds.</summary>
    public static TimestampResolution Usual { get; } = new(6);

    public long ToNanoseconds(ulong ticks) => nanosecondsPerTick != 0 ? unchecked((long)ticks * nanosecondsPerTick) : Convert(ticks);

    private static ulong PowerOfTen(int exponent)
    {
        var power = 1UL;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }

    private long Convert(ulong ticks)
    {
        var exponent = code & 0x7F;
        if ((code & 0x80) != 0) return unchecked((long)(ulong)(((UInt128)ticks * (ulong)Timestamp.PerSecond) >> exponent));

        // 10^19 is the largest power that 64 bits hold; finer ticks than that never add up to a nanosecond.
        return exponent - 9 > 19 ? 0 : unchecked((long)(ticks / PowerOfTen(exponent - 9)));
    }
}
