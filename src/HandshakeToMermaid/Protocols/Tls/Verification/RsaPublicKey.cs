using System.Formats.Asn1;
using System.Numerics;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// The RSA operation that the base class library does not offer: PKCS #1 v1.5 over MD5 and SHA-1 together, without the name
/// of a hash, as SSL 3.0, TLS 1.0 and 1.1 sign (RFC 2246 section 4.7).
/// </summary>
internal static class RsaPublicKey
{
    /// <summary>True where <paramref name="signature"/> signs <paramref name="digest"/>; false too for a key that cannot be read.</summary>
    public static bool Verify(byte[] publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (!TryRead(publicKey, out var modulus, out var exponent)) return false;
        var length = modulus.GetByteCount(isUnsigned: true);
        if (signature.Length != length || length < digest.Length + 11) return false;

        var number = BigInteger.ModPow(new BigInteger(signature, isUnsigned: true, isBigEndian: true), exponent, modulus);
        var opened = new byte[length];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(opened, length - bytes.Length);

        // EB = 00 || 01 || FF ... FF || 00 || digest (RFC 8017 section 9.2)
        var padding = opened.AsSpan(2, length - 3 - digest.Length);
        return opened[0] == 0 && opened[1] == 1 && !padding.ContainsAnyExcept((byte)0xFF)
            && opened[2 + padding.Length] == 0 && opened.AsSpan(3 + padding.Length).SequenceEqual(digest);
    }

    private static bool TryRead(byte[] publicKey, out BigInteger modulus, out BigInteger exponent)
    {
        (modulus, exponent) = (default, default);
        try
        {
            var sequence = new AsnReader(publicKey, AsnEncodingRules.DER).ReadSequence();
            modulus = sequence.ReadInteger();
            exponent = sequence.ReadInteger();
            return modulus.Sign > 0 && exponent.Sign > 0 && modulus.GetBitLength() <= MaxModulusBits && exponent.GetBitLength() <= MaxExponentBits;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    // OpenSSL's own limits: a hostile key must not cost seconds.
    private const int MaxModulusBits = 16_384;
    private const int MaxExponentBits = 64;
}
