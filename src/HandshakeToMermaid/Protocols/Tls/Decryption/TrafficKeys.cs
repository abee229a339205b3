using System.Diagnostics;
using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>The key and IV of one direction in TLS 1.3 (RFC 8446 section 7.3).</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class TrafficKeys
{
    private TrafficKeys(Secret key, Secret iv)
    {
        Key = key;
        Iv = iv;
    }

    /// <summary>The AEAD's key.</summary>
    public Secret Key { get; }

    /// <summary>What the record's number is combined with.</summary>
    public Secret Iv { get; }

    /// <summary>Derives the keys of a traffic secret.</summary>
    public static TrafficKeys Of(HashAlgorithmName hash, int keyLength, Secret trafficSecret, ReadOnlySpan<byte> prefix = default)
    {
        Span<byte> key = stackalloc byte[keyLength];
        Span<byte> iv = stackalloc byte[AeadNonce.Length];
        HkdfLabel.ExpandLabel(hash, trafficSecret.Span, "key"u8, default, key, prefix);
        HkdfLabel.ExpandLabel(hash, trafficSecret.Span, "iv"u8, default, iv, prefix);
        return new TrafficKeys(new Secret(key), new Secret(iv));
    }

    /// <summary>What it is, never its value.</summary>
    public override string ToString() => "traffic keys";
}
