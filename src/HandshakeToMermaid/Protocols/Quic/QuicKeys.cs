// RFC 9001 section 5: the AEAD covers the header with the packet number unprotected. The header's low bits and the number are hidden by a mask from
// the ciphertext, sampled as if the number had four bytes (section 5.4.2). A key update (section 6) changes the AEAD's key and IV, not the mask's.
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Opens packets of one direction and one encryption level.</summary>
internal sealed class QuicKeys : IDisposable
{
    private readonly QuicVersion version;
    private readonly CipherParameters? parameters;
    private readonly NumberMask mask;
    private readonly List<PacketSeal> phases;
    private Secret? latest;
    private ulong next;

    private QuicKeys(QuicVersion version, CipherParameters? parameters, Secret? secret, NumberMask mask, PacketSeal seal)
    {
        (this.version, this.parameters, this.mask, latest) = (version, parameters, mask, secret);
        phases = [seal];
    }

    /// <summary>Key updates before the packets that were opened last (RFC 9001 section 6).</summary>
    public int Phase { get; private set; }

    /// <summary>The keys of Initial packets, which anybody has who saw the client's first connection id (RFC 9001 section 5.2).</summary>
    public static QuicKeys? Initial(QuicVersion version, ReadOnlySpan<byte> destination, bool isClient)
    {
        // HKDF-Extract (RFC 5869 section 2.2) is one HMAC, several times faster than the platform's key derivation.
        Span<byte> extracted = stackalloc byte[32];
        CryptographicOperations.HmacData(HashAlgorithmName.SHA256, version.Salt, destination, extracted);
        Span<byte> secret = stackalloc byte[32];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, extracted, isClient ? "client in"u8 : "server in"u8, default, secret);
        return Create(version, null, HashAlgorithmName.SHA256, BulkCipher.Aes128Gcm, 16, secret);
    }

    /// <summary>The keys of a traffic secret; null where this machine lacks the cipher, or the secret is not of the suite.</summary>
    public static QuicKeys? Of(QuicVersion version, CipherParameters parameters, Secret secret) =>
        parameters.Type != CipherType.Aead || secret.Length != Hashing.Length(parameters.Hash) ? null
            : Create(version, parameters, parameters.Hash, parameters.Cipher, parameters.KeyLength, secret.Span);

    /// <summary>Opens a packet; null where it is of other keys.</summary>
    /// <param name="packet">All its bytes.</param>
    /// <param name="numberOffset">Where its number begins.</param>
    public byte[]? TryOpen(ReadOnlySpan<byte> packet, int numberOffset) => TryOpen(packet, numberOffset, out _, out _);

    /// <summary>The same, with the header as the AEAD covers it and the packet's whole number.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> packet, int numberOffset, out byte[] header, out ulong number)
    {
        (header, number) = ([], 0);
        if (packet.Length < numberOffset + LongestNumber + NumberMask.Length) return null;
        Span<byte> hidden = stackalloc byte[NumberMask.Length];
        mask.Write(packet.Slice(numberOffset + LongestNumber, NumberMask.Length), hidden);
        var isShort = (packet[0] & 0x80) == 0;
        var first = (byte)(packet[0] ^ (hidden[0] & (isShort ? 0x1F : 0x0F)));
        var length = (first & 3) + 1;
        header = packet[..(numberOffset + length)].ToArray();
        header[0] = first;
        ulong low = 0;
        for (var i = 0; i < length; i++)
        {
            header[numberOffset + i] ^= hidden[1 + i];
            low = (low << 8) | header[numberOffset + i];
        }

        number = PacketNumber.Nearest(next, low, 8 * length);
        var payload = isShort ? TryPhases((first >> 2) & 1, number, header, packet[header.Length..]) : phases[0].TryOpen(number, header, packet[header.Length..]);
        if (payload is not null) next = Math.Max(next, number + 1);
        return payload;
    }

    /// <summary>Writes a packet with a long header as <see cref="TryOpen(ReadOnlySpan{byte}, int, out byte[], out ulong)"/> reads it.</summary>
    /// <param name="header">The header up to its number, unprotected.</param>
    /// <param name="number">The packet's whole number.</param>
    /// <param name="payload">The frames.</param>
    /// <param name="packet">Where it is written: header, payload and tag.</param>
    public void Seal(ReadOnlySpan<byte> header, ulong number, ReadOnlySpan<byte> payload, Span<byte> packet)
    {
        header.CopyTo(packet);
        phases[0].Seal(number, header, payload, packet[header.Length..]);
        var length = (header[0] & 3) + 1;
        var numberOffset = header.Length - length;
        Span<byte> hidden = stackalloc byte[NumberMask.Length];
        mask.Write(packet.Slice(numberOffset + LongestNumber, NumberMask.Length), hidden);
        packet[0] ^= (byte)(hidden[0] & 0x0F);
        for (var i = 0; i < length; i++) packet[numberOffset + i] ^= hidden[1 + i];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var seal in phases) seal.Dispose();
        mask.Dispose();
    }

    /// <summary>
    /// Tries the phases whose Key Phase bit fits: that of the packets before, its neighbours, and those behind, as packets between may not have been
    /// recorded.
    /// </summary>
    private byte[]? TryPhases(int bit, ulong number, byte[] header, ReadOnlySpan<byte> ciphertext)
    {
        if (parameters is null) return phases[0].TryOpen(number, header, ciphertext);
        var same = (Phase & 1) == bit;
        foreach (var phase in (ReadOnlySpan<int>)(same ? [Phase, Phase + 2] : [Phase + 1, Phase - 1, Phase + 3]))
        {
            if (PhaseOf(phase)?.TryOpen(number, header, ciphertext) is not { } payload) continue;
            Phase = Math.Max(Phase, phase);
            return payload;
        }

        return null;
    }

    private PacketSeal? PhaseOf(int phase)
    {
        if (phase < 0) return null;
        while (phases.Count <= phase)
        {
            if (latest is null || parameters is null) return null;
            latest = HkdfLabel.Next(parameters.Hash, latest, version.UpdateLabel);
            if (PacketSeal.Of(version, parameters.Hash, parameters.Cipher, parameters.KeyLength, latest.Span) is not { } seal) return null;
            phases.Add(seal);
        }

        return phases[phase];
    }

    private static QuicKeys? Create(QuicVersion version, CipherParameters? parameters, HashAlgorithmName hash, BulkCipher bulk, int keyLength, ReadOnlySpan<byte> secret)
    {
        Span<byte> numberKey = stackalloc byte[keyLength];
        HkdfLabel.ExpandLabel(hash, secret, version.MaskLabel, default, numberKey);
        if (PacketSeal.Of(version, hash, bulk, keyLength, secret) is not { } seal) return null;
        if (NumberMask.Create(bulk, numberKey) is { } mask) return new QuicKeys(version, parameters, parameters is null ? null : new Secret(secret), mask, seal);
        seal.Dispose();
        return null;
    }

    private const int LongestNumber = 4;
}
