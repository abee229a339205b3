namespace HandshakeToMermaid.Fuzzing.Mutation;

/// <summary>Numbers that decoders count wrong, and how they are put into bytes.</summary>
internal static class Numbers
{
    /// <summary>Changes a number of 1 to 8 bytes somewhere in the bytes.</summary>
    public static void Change(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return;
        var size = Math.Min(bytes.Length, Sizes[random.Next(Sizes.Length)]);
        var at = random.Next(bytes.Length - size + 1);
        long value = 0;
        for (var i = 0; i < size; i++) value = (value << 8) | bytes[at + i];
        value = random.Next(4) switch
        {
            0 => value + random.Next(-4, 5),
            1 => Edges[random.Next(Edges.Length)],
            2 => value ^ (1L << random.Next(8 * size)),
            _ => random.NextInt64(),
        };
        for (var i = size - 1; i >= 0; i--, value >>= 8) bytes[at + i] = (byte)value;
    }

    private static readonly int[] Sizes = [1, 1, 1, 2, 2, 2, 3, 4, 4, 8];

    private static readonly long[] Edges =
        [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 512, 1023, 1024, 4095, 4096, 16383, 16384, 16385, 32767, 32768, 65534, 65535, 65536, 0xFF_FFFF, 0x100_0000, int.MaxValue, 0x8000_0000, uint.MaxValue, long.MaxValue, -1];
}
