using System.Buffers.Binary;

namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Length fields in network byte order.</summary>
internal static class Lengths
{
    /// <summary>A length of so many bytes at an offset, which counts what stands behind it.</summary>
    public static Seal Behind(int offset, int size) => (_, whole) =>
    {
        Write(whole, offset, size, whole.Length - offset - size);
        return whole;
    };

    /// <summary>Writes a number in as many bytes as given; what does not fit is cut off, as a wrong sender would.</summary>
    public static void Write(byte[] bytes, int offset, int size, long value)
    {
        if (bytes.Length < offset + size) return;
        for (var i = size - 1; i >= 0; i--, value >>= 8) bytes[offset + i] = (byte)value;
    }

    /// <summary>Reads a number of 1 to 8 bytes.</summary>
    public static long Read(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var one in bytes) value = (value << 8) | one;
        return value;
    }

    /// <summary>A 16-bit number.</summary>
    public static int U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    /// <summary>A node that is a length and what it counts.</summary>
    public static Node Vector(string kind, byte[] bytes, int size, Grammar? grammar = null) => new(kind, bytes[..size])
    {
        Seal = Behind(0, size),
        Children = [new Node(kind + " content", bytes[size..]) { Grammar = grammar ?? VectorGrammar.Guess }],
    };
}
