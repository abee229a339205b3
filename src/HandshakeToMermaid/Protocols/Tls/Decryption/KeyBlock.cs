using System.Diagnostics;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The keys of both directions in TLS 1.2 and below, RFC 5246 section 6.3:
/// <code>
/// client_write_MAC_key, server_write_MAC_key, client_write_key, server_write_key, client_write_IV, server_write_IV
/// </code>
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class KeyBlock
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Secret block;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Secret? widened;

    private readonly CipherParameters parameters;

    private KeyBlock(Secret block, Secret? widened, CipherParameters parameters)
    {
        this.block = block;
        this.widened = widened;
        this.parameters = parameters;
    }

    /// <summary>Derives the keys of a connection.</summary>
    public static KeyBlock Derive(ushort version, CipherParameters parameters, Secret master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        Span<byte> seed = stackalloc byte[64];
        serverRandom[..32].CopyTo(seed);
        clientRandom[..32].CopyTo(seed[32..]);
        Span<byte> output = stackalloc byte[2 * (parameters.MacLength + parameters.KeyMaterialLength + parameters.FixedIvLength)];
        Prf.Expand(version, parameters.Hash, master.Span, "key expansion"u8, seed, output);
        var keys = parameters.KeyMaterialLength < parameters.KeyLength ? Widen(version, parameters, output, clientRandom[..32], serverRandom[..32]) : null;
        return new KeyBlock(new Secret(output), keys, parameters);
    }

    /// <summary>The key of the MAC of what a side sends.</summary>
    public ReadOnlySpan<byte> MacKey(Side side) => Part(0, parameters.MacLength, side);

    /// <summary>The key of the cipher of what a side sends.</summary>
    public ReadOnlySpan<byte> Key(Side side) => widened is null
        ? Part(2 * parameters.MacLength, parameters.KeyLength, side)
        : widened.Span.Slice(side == Side.Client ? 0 : parameters.KeyLength, parameters.KeyLength);

    /// <summary>The IV, or fixed part of the nonce, of what a side sends.</summary>
    public ReadOnlySpan<byte> Iv(Side side) => Part(2 * (parameters.MacLength + parameters.KeyMaterialLength), parameters.FixedIvLength, side);

    /// <summary>What it is, never its value.</summary>
    public override string ToString() => "key block";

    // final_client_write_key = PRF(client_write_key, "client write key", client_random + server_random);
    // SSL 3.0: MD5(client_write_key + client_random + server_random), the server's with the randoms the other way round.
    private static Secret Widen(ushort version, CipherParameters parameters, ReadOnlySpan<byte> block, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        var length = parameters.KeyMaterialLength;
        var narrow = block.Slice(2 * parameters.MacLength, 2 * length);
        var keys = new byte[2 * parameters.KeyLength];
        Span<byte> client = keys.AsSpan(0, parameters.KeyLength), server = keys.AsSpan(parameters.KeyLength);
        if (ProtocolEras.Of(version) == ProtocolEra.Ssl3)
        {
            HashKey([.. narrow[..length], .. clientRandom, .. serverRandom], client);
            HashKey([.. narrow[length..], .. serverRandom, .. clientRandom], server);
        }
        else
        {
            byte[] seed = [.. clientRandom, .. serverRandom];
            Prf.Expand(version, parameters.Hash, narrow[..length], "client write key"u8, seed, client);
            Prf.Expand(version, parameters.Hash, narrow[length..], "server write key"u8, seed, server);
        }

        var wide = new Secret(keys);
        keys.AsSpan().Clear();
        return wide;
    }

    private static void HashKey(byte[] content, Span<byte> key) => CryptographicOperations.HashData(HashAlgorithmName.MD5, content).AsSpan(0, key.Length).CopyTo(key);

    private ReadOnlySpan<byte> Part(int offset, int length, Side side) =>
        block.Span.Slice(side == Side.Client ? offset : offset + length, length);
}
