namespace HandshakeToMermaid.Fuzzing.Mutation;

/// <summary>Changes bytes without knowing what they are.</summary>
internal static class ByteMutation
{
    /// <summary>One change.</summary>
    /// <param name="bytes">The input.</param>
    /// <param name="other">Another input, for pieces of it.</param>
    /// <param name="random">What chooses.</param>
    public static byte[] Change(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.Length == 0) return Noise(random.Next(1, 64), random);
        var at = random.Next(bytes.Length);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 9)), bytes.Length - at);
        switch (random.Next(9))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                for (var n = random.Next(1, 9); n > 0; n--) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                var changed = (byte[])bytes.Clone();
                Numbers.Change(changed, random);
                return changed;
            case 2:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + length)];
            case 3:
                return [.. bytes.AsSpan(0, at), .. Noise(length, random), .. bytes.AsSpan(at)];
            case 4:
                return [.. bytes.AsSpan(0, at + length), .. bytes.AsSpan(at)];
            case 5:
                return bytes[..at];
            case 6:
                var copied = (byte[])bytes.Clone();
                bytes.AsSpan(at, length).CopyTo(copied.AsSpan(random.Next(bytes.Length - length + 1)));
                return copied;
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(from, Math.Min(length, other.Length - from)), .. bytes.AsSpan(random.Next(2) == 0 ? at : at + length)];
            default:
                var filled = (byte[])bytes.Clone();
                filled.AsSpan(at, length).Fill(Fillings[random.Next(Fillings.Length)]);
                return filled;
        }
    }

    private static byte[] Noise(int length, Random random)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static readonly byte[] Fillings = [0, 0xFF, 0x80, 0x30, 0x41, 0x16, 0xC0];
}
