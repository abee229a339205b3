using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Computes the master secret of TLS 1.2 and below, 48 bytes, from the premaster secret.</summary>
internal static class MasterSecret
{
    /// <summary>From both randoms (RFC 5246 section 8.1; SSL 3.0: RFC 6101 section 6.1).</summary>
    /// <param name="version">The negotiated version.</param>
    /// <param name="hash">The suite's hash, used by TLS 1.2 alone.</param>
    /// <param name="premaster">The premaster secret.</param>
    /// <param name="clientRandom">32 bytes.</param>
    /// <param name="serverRandom">32 bytes.</param>
    public static Secret Derive(ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom) =>
        Expand(version, hash, premaster, "master secret"u8, [.. clientRandom, .. serverRandom]);

    /// <summary>From the messages of the handshake up to the ClientKeyExchange (extended_master_secret, RFC 7627 section 4).</summary>
    public static Secret DeriveExtended(ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> messages) =>
        Expand(version, hash, premaster, "extended master secret"u8, ProtocolEras.Of(version) == ProtocolEra.Tls12 ? CryptographicOperations.HashData(hash, messages) : VerifyData.Md5Sha1(messages));

    private static Secret Expand(ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed)
    {
        var master = new byte[48];
        Prf.Expand(version, hash, premaster, label, seed, master);
        var secret = new Secret(master);
        CryptographicOperations.ZeroMemory(master);
        return secret;
    }
}
