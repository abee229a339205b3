using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>The 32 random bytes of a ClientHello, by which a key log names a session.</summary>
/// <param name="A">Bytes 0 to 7.</param>
/// <param name="B">Bytes 8 to 15.</param>
/// <param name="C">Bytes 16 to 23.</param>
/// <param name="D">Bytes 24 to 31.</param>
internal readonly record struct ClientRandom(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 32;

    /// <summary>Reads the bytes; false where there are not exactly 32.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ClientRandom random)
    {
        random = bytes.Length == Length ? Read(bytes) : default;
        return bytes.Length == Length;
    }

    /// <summary>Reads the first 32 bytes.</summary>
    public static ClientRandom Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Writes the bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], D);
    }

    /// <summary>The bytes in hexadecimal; they are public.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}
