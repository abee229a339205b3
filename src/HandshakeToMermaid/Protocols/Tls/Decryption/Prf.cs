using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The pseudorandom function of TLS 1.2 and below: RFC 5246 section 5 (one hash), RFC 2246 section 5 (MD5 and SHA-1
/// combined), and its forerunner in RFC 6101 section 6.2.2 (SSL 3.0, which knows no labels).
/// </summary>
internal static class Prf
{
    /// <summary>Fills <paramref name="output"/>, at most 416 bytes for SSL 3.0.</summary>
    /// <param name="version">The negotiated version.</param>
    /// <param name="hash">The suite's hash, used by TLS 1.2 alone.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="label">The label; SSL 3.0 has none.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="output">What is derived.</param>
    public static void Expand(ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        switch (ProtocolEras.Of(version))
        {
            case ProtocolEra.Ssl3:
                ExpandSsl3(secret, seed, output);
                return;
            case ProtocolEra.Tls12:
                ExpandHash(hash, secret, label, seed, output);
                return;
            default:
                // The halves share the middle byte where the length is odd.
                var half = (secret.Length + 1) / 2;
                Span<byte> sha = output.Length <= 512 ? stackalloc byte[output.Length] : new byte[output.Length];
                ExpandHash(HashAlgorithmName.MD5, secret[..half], label, seed, output);
                ExpandHash(HashAlgorithmName.SHA1, secret[^half..], label, seed, sha);
                for (var i = 0; i < output.Length; i++) output[i] ^= sha[i];
                return;
        }
    }

    // P_hash: A(0) = label + seed, A(i) = HMAC(secret, A(i-1)); output = HMAC(secret, A(i) + label + seed) ...
    private static void ExpandHash(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        var length = Hashing.Length(hash);
        var labelled = label.Length + seed.Length;
        Span<byte> input = length + labelled <= 512 ? stackalloc byte[length + labelled] : new byte[length + labelled];
        Span<byte> block = stackalloc byte[Hashing.MaxLength];
        label.CopyTo(input[length..]);
        seed.CopyTo(input[(length + label.Length)..]);
        CryptographicOperations.HmacData(hash, secret, input[length..], block);
        while (output.Length > 0)
        {
            block[..length].CopyTo(input);
            CryptographicOperations.HmacData(hash, secret, input, block);
            var take = Math.Min(length, output.Length);
            block[..take].CopyTo(output);
            output = output[take..];
            CryptographicOperations.HmacData(hash, secret, input[..length], block);
        }
    }

    // MD5(secret + SHA('A' + secret + seed)) + MD5(secret + SHA('BB' + secret + seed)) + ...
    private static void ExpandSsl3(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Span<byte> salt = stackalloc byte[26];
        Span<byte> inner = stackalloc byte[20];
        Span<byte> block = stackalloc byte[16];
        for (var i = 0; i < salt.Length && output.Length > 0; i++)
        {
            salt[..(i + 1)].Fill((byte)('A' + i));
            sha.AppendData(salt[..(i + 1)]);
            sha.AppendData(secret);
            sha.AppendData(seed);
            sha.GetHashAndReset(inner);
            md5.AppendData(secret);
            md5.AppendData(inner);
            md5.GetHashAndReset(block);
            var take = Math.Min(block.Length, output.Length);
            block[..take].CopyTo(output);
            output = output[take..];
        }
    }
}
