using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Protects packets as a sender does (RFC 9001 section 5), with AES-128-GCM under one traffic secret.</summary>
/// <param name="version">Its labels are used.</param>
/// <param name="secret">The traffic secret, 32 bytes.</param>
internal sealed class QuicSeal(QuicVersion version, byte[] secret)
{
    private readonly byte[] numberKey = Expand(secret, version.MaskLabel, 16);
    private byte[] current = secret;

    /// <summary>The keys of Initial packets.</summary>
    public static QuicSeal Initial(QuicVersion version, byte[] destination, bool isClient) =>
        new(version, Expand(HKDF.Extract(HashAlgorithmName.SHA256, destination, version.Salt.ToArray()), isClient ? "client in"u8 : "server in"u8, 32));

    /// <summary>Goes on to the next keys.</summary>
    public void Update() => current = Expand(current, version.UpdateLabel, 32);

    /// <summary>A packet of the short header, with a number of two bytes.</summary>
    public byte[] Short(byte[] destination, int number, int keyPhase, params byte[][] frames) =>
        Protect(TlsBytes.Join([(byte)(0x41 | (keyPhase << 2))], destination, TlsBytes.U16(number)), 2, (ulong)number, TlsBytes.Join(frames));

    /// <summary>Encrypts a payload behind its whole header and hides what header protection hides.</summary>
    public byte[] Protect(byte[] header, int numberLength, ulong number, byte[] payload)
    {
        Span<byte> nonce = stackalloc byte[12];
        AeadNonce.Xor(Expand(current, version.IvLabel, 12), number, nonce);
        if (payload.Length < 4) payload = [.. payload, .. new byte[4]];
        var sealedBytes = new byte[payload.Length + 16];
        using (var gcm = new AesGcm(Expand(current, version.KeyLabel, 16), 16)) gcm.Encrypt(nonce, payload, sealedBytes.AsSpan(0, payload.Length), sealedBytes.AsSpan(payload.Length), header);
        using var aes = Aes.Create();
        aes.Key = numberKey;
        var mask = aes.EncryptEcb(sealedBytes.AsSpan(4 - numberLength, 16), PaddingMode.None);
        byte[] hidden = [.. header];
        hidden[0] ^= (byte)(mask[0] & ((header[0] & 0x80) != 0 ? 0x0F : 0x1F));
        for (var i = 0; i < numberLength; i++) hidden[^(numberLength - i)] ^= mask[1 + i];
        return TlsBytes.Join(hidden, sealedBytes);
    }

    private static byte[] Expand(byte[] from, ReadOnlySpan<byte> label, int length)
    {
        var output = new byte[length];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, from, label, default, output);
        return output;
    }
}
