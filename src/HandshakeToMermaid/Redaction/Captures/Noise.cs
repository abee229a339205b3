using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Bytes in place of others that say nothing of them: the same for the same place under one key, so that a retransmission stays one.</summary>
/// <param name="key">The key.</param>
/// <param name="label">Which stream or value they are for.</param>
internal sealed class Noise(byte[] key, string label)
{
    private readonly byte[] seed = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(label));

    /// <summary>Bytes become noise that follows from themselves: the same value stays the same wherever it stands.</summary>
    public static void Hide(byte[] key, Span<byte> bytes)
    {
        if (!bytes.IsEmpty) new Noise(key, $"value {Convert.ToHexString(SHA256.HashData(bytes))}").Fill(bytes, 0);
    }

    /// <summary>Fills a part of a stream.</summary>
    /// <param name="room">The bytes.</param>
    /// <param name="offset">Where the first of them is in the stream.</param>
    public void Fill(Span<byte> room, long offset)
    {
        Span<byte> input = stackalloc byte[40];
        seed.CopyTo(input);
        Span<byte> block = stackalloc byte[32];
        var made = -1L;
        for (var i = 0; i < room.Length; i++)
        {
            var at = offset + i;
            if (at / 32 != made)
            {
                made = at / 32;
                BinaryPrimitives.WriteInt64BigEndian(input[32..], made);
                SHA256.HashData(input, block);
            }

            room[i] = block[(int)(at % 32)];
        }
    }
}
