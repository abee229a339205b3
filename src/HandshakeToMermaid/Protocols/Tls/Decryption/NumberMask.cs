// RFC 9001 section 5.4 and RFC 9147 section 4.2.3 hide a packet's number alike: a mask made from 16 bytes of its ciphertext.
//   AES:      mask = AES-ECB(key, sample)
//   ChaCha20: mask = ChaCha20(key, counter = sample[0..3], nonce = sample[4..15], {0,0,0,0,...})  (RFC 8439 section 2.3)
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Makes the mask over a packet's number, for QUIC's header protection and DTLS 1.3's encrypted sequence numbers.</summary>
internal sealed class NumberMask : IDisposable
{
    private readonly Aes? aes;
    private readonly Secret? chaCha;

    private NumberMask(Aes? aes, Secret? chaCha)
    {
        this.aes = aes;
        this.chaCha = chaCha;
    }

    /// <summary>Bytes of a sample and of a mask.</summary>
    public const int Length = 16;

    /// <summary>Prepares the mask that goes with an AEAD; null for a cipher that is none.</summary>
    public static NumberMask? Create(BulkCipher cipher, ReadOnlySpan<byte> key)
    {
        switch (cipher)
        {
            case BulkCipher.ChaCha20Poly1305:
                return key.Length == 32 ? new NumberMask(null, new Secret(key)) : null;
            case BulkCipher.Aes128Gcm or BulkCipher.Aes256Gcm or BulkCipher.Aes128Ccm or BulkCipher.Aes256Ccm or BulkCipher.Aes128Ccm8 or BulkCipher.Aes256Ccm8:
                var block = Aes.Create();
                block.Key = key.ToArray();
                return new NumberMask(block, null);
            default:
                return null;
        }
    }

    /// <summary>Writes the mask of a sample.</summary>
    public void Write(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        if (aes is not null) aes.EncryptEcb(sample[..Length], mask[..Length], PaddingMode.None);
        else ChaCha20(chaCha!.Span, sample[..Length], mask[..Length]);
    }

    /// <inheritdoc/>
    public void Dispose() => aes?.Dispose();

    /// <summary>What it is, never its key.</summary>
    public override string ToString() => "number mask";

    private static void ChaCha20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sample, Span<byte> output)
    {
        Span<uint> initial = stackalloc uint[16];
        Span<uint> state = stackalloc uint[16];
        (initial[0], initial[1], initial[2], initial[3]) = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
        for (var i = 0; i < 8; i++) initial[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        for (var i = 0; i < 4; i++) initial[12 + i] = BinaryPrimitives.ReadUInt32LittleEndian(sample[(4 * i)..]);
        initial.CopyTo(state);
        for (var round = 0; round < 10; round++)
        {
            QuarterRound(state, 0, 4, 8, 12);
            QuarterRound(state, 1, 5, 9, 13);
            QuarterRound(state, 2, 6, 10, 14);
            QuarterRound(state, 3, 7, 11, 15);
            QuarterRound(state, 0, 5, 10, 15);
            QuarterRound(state, 1, 6, 11, 12);
            QuarterRound(state, 2, 7, 8, 13);
            QuarterRound(state, 3, 4, 9, 14);
        }

        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt32LittleEndian(output[(4 * i)..], unchecked(state[i] + initial[i]));
    }

    private static void QuarterRound(Span<uint> s, int a, int b, int c, int d)
    {
        unchecked
        {
            s[a] += s[b];
            s[d] = BitOperations.RotateLeft(s[d] ^ s[a], 16);
            s[c] += s[d];
            s[b] = BitOperations.RotateLeft(s[b] ^ s[c], 12);
            s[a] += s[b];
            s[d] = BitOperations.RotateLeft(s[d] ^ s[a], 8);
            s[c] += s[d];
            s[b] = BitOperations.RotateLeft(s[b] ^ s[c], 7);
        }
    }
}
