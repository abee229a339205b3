using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Dtls;

/// <summary>DTLS 1.2 with connection ids (RFC 9146), under each kind of AEAD.</summary>
public sealed class DtlsConnectionIdTests
{
    [Theory]
    [InlineData(0xC02F, true)] // AES-128-GCM: eight bytes of the nonce are in the record
    [InlineData(0xCCA8, false)] // ChaCha20-Poly1305: none is
    public void A_record_is_opened_with_its_real_type_and_its_padding_left_out(int suite, bool isExplicit)
    {
        var (parameters, keys) = Keys(suite);
        byte[] header = [25, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 7, 0xAA, 0xBB, 0xCC, 0, 0], inner = [1, 2, 3, 23, 0, 0];

        // RFC 9146 section 5.3, written out.
        byte[] covered = [.. TlsBytes.Fill(8, 0xFF), 25, 3, 25, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 7, 0xAA, 0xBB, 0xCC, 0, (byte)inner.Length];
        byte[] number = [0, 1, 0, 0, 0, 0, 0, 7], nonce = isExplicit ? [.. keys.Iv(Side.Client), .. number] : [.. keys.Iv(Side.Client)];
        if (!isExplicit)
        {
            for (var i = 0; i < 8; i++) nonce[4 + i] ^= number[i];
        }

        var output = new byte[inner.Length + 16];
        if (isExplicit)
        {
            using var gcm = new AesGcm(keys.Key(Side.Client), 16);
            gcm.Encrypt(nonce, inner, output.AsSpan(0, inner.Length), output.AsSpan(inner.Length), covered);
        }
        else
        {
            using var chaCha = new ChaCha20Poly1305(keys.Key(Side.Client));
            chaCha.Encrypt(nonce, inner, output.AsSpan(0, inner.Length), output.AsSpan(inner.Length), covered);
        }

        using var opener = ConnectionIdKeys.Create(parameters, keys, Side.Client)!;
        var record = Record(header, isExplicit ? [.. number, .. output] : output);
        Assert.True(opener.TryOpen(record, out var type, out var content));
        Assert.Equal((23, "010203"), (type, Convert.ToHexString(content)));

        // Another id, another length, another side.
        header[11] ^= 1;
        Assert.False(opener.TryOpen(Record(header, record.Fragment), out _, out _));
        header[11] ^= 1;
        Assert.False(opener.TryOpen(Record(header, record.Fragment[..^1]), out _, out _));
        Assert.False(opener.TryOpen(Record(header, []), out _, out _));
        using var other = ConnectionIdKeys.Create(parameters, keys, Side.Server)!;
        Assert.False(other.TryOpen(record, out _, out _));
    }

    [Fact]
    public void A_suite_that_is_no_aead_has_no_such_keys()
    {
        var (parameters, keys) = Keys(0x002F);
        Assert.Null(ConnectionIdKeys.Create(parameters, keys, Side.Client));
    }

    private static (CipherParameters Parameters, KeyBlock Keys) Keys(int suite)
    {
        var parameters = CipherParameters.Of(new CipherSuite((ushort)suite))!;
        return (parameters, KeyBlock.Derive(0xFEFD, parameters, new Secret(TlsBytes.Fill(48, 9)), TlsBytes.Fill(32, 1), TlsBytes.Fill(32, 2)));
    }

    private static EncryptedDtlsRecord Record(byte[] header, byte[] fragment) => new()
    {
        From = Direction.Forward, Type = 25, Version = 0xFEFD, Epoch = 1, Sequence = 7, IsUnified = false, NumberOffset = 0, NumberLength = 0, Length = fragment.Length, Mark = default, Order = 1,
        Header = [.. header], Fragment = fragment,
    };
}
