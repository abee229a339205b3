using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using CipherMode = HandshakeToMermaid.Protocols.Tls.Codec.Registries.CipherMode;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// What a cipher suite means for its records: cipher, MAC, lengths and the hash of the key derivation
/// (RFC 5246 appendix C, RFC 8446 appendix B.4, and the RFCs of the later suites), from the registry's columns.
/// </summary>
internal sealed class CipherParameters
{
    private readonly CipherSuite suite;

    private CipherParameters(CipherSuite suite, string cipherName)
    {
        this.suite = suite;
        CipherName = cipherName;
        Mac = suite.Mode == CipherMode.Aead ? MacAlgorithm.Null : MacOf(suite.Mac);
        Cipher = MayOpen(suite) ? CipherOf(cipherName) : BulkCipher.NotOpened;
        Hash = new HashAlgorithmName(suite.Prf);
    }

    /// <summary>The cipher's name as suites write it: AES_128_GCM, CAMELLIA_256_CBC.</summary>
    public string CipherName { get; }

    /// <summary>The cipher.</summary>
    public BulkCipher Cipher { get; }

    /// <summary>The MAC beside the cipher; <see cref="MacAlgorithm.Null"/> for an AEAD.</summary>
    public MacAlgorithm Mac { get; }

    /// <summary>The hash of TLS 1.2's PRF or of TLS 1.3's HKDF. Versions before 1.2 have one of their own.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>True where the platform has that hash: it lacks SM3 and those of GOST, and nothing can be derived or verified without.</summary>
    public bool HasKnownHash => Hashing.IsKnown(Hash);

    /// <summary>True if this program can decrypt the suite's records.</summary>
    public bool IsOpened => Cipher != BulkCipher.NotOpened;

    /// <summary>How a record is put together.</summary>
    public CipherType Type => Cipher switch
    {
        BulkCipher.NotOpened or BulkCipher.Null or BulkCipher.Rc4 => CipherType.Stream,
        BulkCipher.DesCbc or BulkCipher.TripleDesCbc or BulkCipher.Aes128Cbc or BulkCipher.Aes256Cbc => CipherType.Block,
        _ => CipherType.Aead,
    };

    /// <summary>Bytes of the cipher's key.</summary>
    public int KeyLength => Cipher switch
    {
        BulkCipher.NotOpened or BulkCipher.Null => 0,
        BulkCipher.DesCbc => 8,
        BulkCipher.TripleDesCbc => 24,
        BulkCipher.Rc4 or BulkCipher.Aes128Cbc or BulkCipher.Aes128Gcm or BulkCipher.Aes128Ccm or BulkCipher.Aes128Ccm8 => 16,
        _ => 32,
    };

    /// <summary>
    /// Bytes of the key block that a direction's key takes: fewer than the key for suites that were once fit for export,
    /// whose keys are then widened (RFC 2246 section 6.3.1). Of those only the ones with RC4 are decrypted.
    /// </summary>
    public int KeyMaterialLength => CipherName switch { "RC4_40" => 5, "RC4_56" => 7, _ => KeyLength };

    /// <summary>Bytes of the key block that a direction's IV takes in TLS 1.2: the nonce's fixed part for an AEAD, and
    /// before TLS 1.1 the first block's IV.</summary>
    public int FixedIvLength => Cipher switch
    {
        BulkCipher.ChaCha20Poly1305 => 12,
        _ when Type == CipherType.Aead => 4,
        _ => BlockLength,
    };

    /// <summary>Bytes of a block; 0 where there are none.</summary>
    public int BlockLength => Cipher switch
    {
        BulkCipher.DesCbc or BulkCipher.TripleDesCbc => 8,
        BulkCipher.Aes128Cbc or BulkCipher.Aes256Cbc => 16,
        _ => 0,
    };

    /// <summary>Bytes of the AEAD's tag; 0 for other ciphers.</summary>
    public int TagLength => Cipher switch
    {
        BulkCipher.Aes128Ccm8 or BulkCipher.Aes256Ccm8 => 8,
        _ => Type == CipherType.Aead ? 16 : 0,
    };

    /// <summary>Bytes of the MAC and of its key.</summary>
    public int MacLength => Mac switch
    {
        MacAlgorithm.Md5 => 16,
        MacAlgorithm.Sha1 => 20,
        MacAlgorithm.Sha256 => 32,
        MacAlgorithm.Sha384 => 48,
        _ => 0,
    };

    /// <summary>The MAC's hash.</summary>
    public HashAlgorithmName MacHash => Mac switch
    {
        MacAlgorithm.Md5 => HashAlgorithmName.MD5,
        MacAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        MacAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA256,
    };

    /// <summary>The parameters of a suite; null for a number that no suite has, for signals, and for what only SSL 2.0 and SSL 3.0 had.</summary>
    public static CipherParameters? Of(CipherSuite suite) =>
        suite.Name.StartsWith("TLS_", StringComparison.Ordinal) && suite.Cipher is { } cipher && suite.KeyExchange != KeyExchangeMethod.None ? new CipherParameters(suite, cipher) : null;

    /// <inheritdoc/>
    public override string ToString() => $"0x{suite.Code:X4} {CipherName}";

    /// <summary>
    /// Of the export suites only those with RC4 are decrypted, and in TLS 1.3 only an AEAD: RFC 9150 uses another record format.
    /// </summary>
    private bool MayOpen(CipherSuite suite)
    {
        if (suite.IsExport && !CipherName.StartsWith("RC4", StringComparison.Ordinal)) return false;
        if (suite.Mode == CipherMode.Aead) return true;
        return Mac != MacAlgorithm.Null && suite.KeyExchange != KeyExchangeMethod.Tls13;
    }

    private static BulkCipher CipherOf(string name) => name switch
    {
        "NULL" => BulkCipher.Null,
        "RC4_40" or "RC4_56" or "RC4_128" => BulkCipher.Rc4,
        "DES_CBC" => BulkCipher.DesCbc,
        "3DES_EDE_CBC" => BulkCipher.TripleDesCbc,
        "AES_128_CBC" => BulkCipher.Aes128Cbc,
        "AES_256_CBC" => BulkCipher.Aes256Cbc,
        "AES_128_GCM" => BulkCipher.Aes128Gcm,
        "AES_256_GCM" => BulkCipher.Aes256Gcm,
        "AES_128_CCM" => BulkCipher.Aes128Ccm,
        "AES_256_CCM" => BulkCipher.Aes256Ccm,
        "AES_128_CCM_8" => BulkCipher.Aes128Ccm8,
        "AES_256_CCM_8" => BulkCipher.Aes256Ccm8,
        "CHACHA20_POLY1305" => BulkCipher.ChaCha20Poly1305,
        _ => BulkCipher.NotOpened,
    };

    private static MacAlgorithm MacOf(string? name) => name switch
    {
        "MD5" => MacAlgorithm.Md5,
        "SHA" => MacAlgorithm.Sha1,
        "SHA256" => MacAlgorithm.Sha256,
        "SHA384" => MacAlgorithm.Sha384,
        _ => MacAlgorithm.Null,
    };
}
