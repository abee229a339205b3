using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HandshakeToMermaid.Redaction;

/// <summary>What pseudonyms are made of: 32 bytes that follow from a key and the original (HMAC-SHA-256), or a number that counts up.</summary>
internal sealed class PseudonymSource(byte[]? key)
{
    private readonly byte[]? key = key is null ? null : HMACSHA256.HashData(key, "h2m pseudonyms 1"u8);
    private readonly Dictionary<string, ulong> counters = [];

    /// <summary>True where pseudonyms follow from a key.</summary>
    public bool IsKeyed => key is not null;

    /// <summary>Bytes for one original.</summary>
    /// <param name="kind">What is counted separately.</param>
    /// <param name="original">The original in its one form.</param>
    /// <param name="attempt">Counts up while the pseudonym is taken.</param>
    /// <returns>32 bytes; where they are counted the number is in the last eight.</returns>
    public byte[] Draw(string kind, string original, int attempt)
    {
        if (key is not null) return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\0{original}\0{attempt}"));
        var number = counters[kind] = counters.GetValueOrDefault(kind) + 1;
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), number);
        return bytes;
    }

    /// <summary>The number that was counted.</summary>
    public static ulong NumberIn(byte[] drawn) => BinaryPrimitives.ReadUInt64BigEndian(drawn.AsSpan(24));

    /// <summary>Letters and digits that follow from drawn bytes, the first one a letter; as many as are wanted.</summary>
    public static string Letters(byte[] drawn, int length)
    {
        var text = new char[length];
        var block = drawn;
        for (var i = 0; i < length; i++)
        {
            if (i > 0 && i % block.Length == 0) block = SHA256.HashData(block);
            var value = block[i % block.Length];
            text[i] = i == 0 ? (char)('a' + (value % 26)) : Alphabet[value % Alphabet.Length];
        }

        return new string(text);
    }

    /// <summary>No letters that are taken for digits, or the other way round.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
}
