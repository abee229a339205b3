using System.Security.Cryptography;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Redaction;

// J. Xu, J. Fan, M. Ammar, S. Moon: "Prefix-Preserving IP Address Anonymization", ICNP 2002; RFC 6235 section 4.1.1.2. The first half of the
// key is an AES key, the second half encrypted with it is the padding. Bit i of the result is bit i of the original, inverted where the first
// bit of AES(original bits 0 to i-1, then padding) is set.

/// <summary>Prefix-preserving address anonymization (Crypto-PAn): two results share as many leading bits as their originals do.</summary>
internal sealed class CryptoPan : IDisposable
{
    private readonly Aes cipher = Aes.Create();
    private readonly byte[] padding;

    /// <summary>Prepares a key.</summary>
    /// <param name="key">32 bytes.</param>
    public CryptoPan(ReadOnlySpan<byte> key)
    {
        cipher.Key = key[..16].ToArray();
        padding = cipher.EncryptEcb(key[16..32], PaddingMode.None);
    }

    /// <summary>The address in place of another; of the same version.</summary>
    public IpAddress Map(IpAddress address)
    {
        var bytes = address.ToIPAddress().GetAddressBytes();
        var input = new byte[16];
        var output = new byte[16];
        var result = new byte[bytes.Length];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            padding.CopyTo(input, 0);
            for (var i = 0; i < bit; i++) Set(input, i, Get(bytes, i));
            cipher.EncryptEcb(input, output, PaddingMode.None);
            Set(result, bit, Get(bytes, bit) ^ Get(output, 0));
        }

        return IpAddress.FromBytes(result);
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();

    private static bool Get(byte[] bytes, int bit) => (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;

    private static void Set(byte[] bytes, int bit, bool value)
    {
        if (value) bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        else bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
    }
}
