using System.Diagnostics;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The keys of both directions in TLS 1.2 and below, RFC 5246 section 6.3:
/// <code>
/// client_write_MAC_key, server_write_MAC_key, client_write_key, server_write_key, client_write_IV, server_write_IV
/// </code>
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class KeyBlock
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Secret block;

    private readonly CipherParameters parameters;

    private KeyBlock(Secret block, CipherParameters parameters)
    {
        this.block = block;
        this.parameters = parameters;
    }

    /// <summary>Derives the keys of a connection.</summary>
    public static KeyBlock Derive(ushort version, CipherParameters parameters, Secret master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        Span<byte> seed = stackalloc byte[64];
        serverRandom[..32].CopyTo(seed);
        clientRandom[..32].CopyTo(seed[32..]);
        Span<byte> output = stackalloc byte[2 * (parameters.MacLength + parameters.KeyLength + parameters.FixedIvLength)];
        Prf.Expand(version, parameters.Hash, master.Span, "key expansion"u8, seed, output);
        return new KeyBlock(new Secret(output), parameters);
    }

    /// <summary>The key of the MAC of what a side sends.</summary>
    public ReadOnlySpan<byte> MacKey(Side side) => Part(0, parameters.MacLength, side);

    /// <summary>The key of the cipher of what a side sends.</summary>
    public ReadOnlySpan<byte> Key(Side side) => Part(2 * parameters.MacLength, parameters.KeyLength, side);

    /// <summary>The IV, or fixed part of the nonce, of what a side sends.</summary>
    public ReadOnlySpan<byte> Iv(Side side) => Part(2 * (parameters.MacLength + parameters.KeyLength), parameters.FixedIvLength, side);

    /// <summary>What it is, never its value.</summary>
    public override string ToString() => "key block";

    private ReadOnlySpan<byte> Part(int offset, int length, Side side) =>
        block.Span.Slice(side == Side.Client ? offset : offset + length, length);
}
