using System.Formats.Asn1;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>RFC 8448's five handshakes, byte for byte.</summary>
public sealed class Rfc8448Tests
{
    private const byte EncryptedExtensions = 8;
    private const byte Certificate = 11;
    private const byte CertificateVerify = 15;
    private const byte Finished = 20;

    public static TheoryData<string> Traces => new(Rfc8448Trace.Names);

    public static TheoryData<string> TracesWithCertificate => new(Rfc8448Trace.Names.Where(name => name != "Resumed0Rtt"));

    [Fact]
    public void The_key_schedule_yields_the_secrets_of_the_rfc()
    {
        var trace = Rfc8448Trace.Load("Simple1Rtt");
        Assert.Equal(trace["client_handshake_traffic"], trace.ClientHandshake.Span.ToArray());
        Assert.Equal(trace["server_handshake_traffic"], trace.ServerHandshake.Span.ToArray());
        Assert.Equal(trace["client_traffic"], trace.ClientTraffic.Span.ToArray());
        Assert.Equal(trace["server_traffic"], trace.ServerTraffic.Span.ToArray());
        Assert.Equal(trace["resumption"], trace.Resumption.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void The_servers_flight_opens_to_the_messages_of_the_rfc(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        Assert.Equal(trace["encrypted_extensions"], trace.Messages[(Side.Server, EncryptedExtensions)]);
        Assert.Equal(trace["server_finished"], trace.Messages[(Side.Server, Finished)]);
        if (trace.Has("server_signature")) Assert.Equal(trace["server_signature"], trace.Messages[(Side.Server, CertificateVerify)][8..]);
        if (trace.Has("client_signature")) Assert.Equal(trace["client_signature"], trace.Messages[(Side.Client, CertificateVerify)][8..]);
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void Both_finished_messages_fit(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        foreach (var (side, secret) in new[] { (Side.Server, trace.ServerHandshake), (Side.Client, trace.ClientHandshake) })
        {
            var hash = trace.Transcript.Hash(HashAlgorithmName.SHA256, trace.Before[(side, Finished)]);
            var expected = VerifyData.Tls13(HashAlgorithmName.SHA256, secret, hash);
            Assert.Equal(trace.Messages[(side, Finished)][4..], expected);
            hash[0] ^= 1;
            Assert.Equal(VerificationVerdict.Invalid, VerificationItem.OfFinished(side, VerifyData.Tls13(HashAlgorithmName.SHA256, secret, hash), expected).Verdict);
        }
    }

    [Theory]
    [MemberData(nameof(TracesWithCertificate))]
    public void The_servers_signature_is_valid_and_no_longer_after_a_flipped_bit(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        var hash = trace.Transcript.Hash(HashAlgorithmName.SHA256, trace.Before[(Side.Server, CertificateVerify)]);
        Assert.Equal(trace["hash_server_verify"], hash);
        CheckSignature(trace, Side.Server, hash);
    }

    [Fact]
    public void The_clients_signature_is_valid_and_no_longer_after_a_flipped_bit()
    {
        var trace = Rfc8448Trace.Load("ClientAuthentication");
        var hash = trace.Transcript.Hash(HashAlgorithmName.SHA256, trace.Before[(Side.Client, CertificateVerify)]);
        Assert.Equal(trace["hash_client_verify"], hash);
        CheckSignature(trace, Side.Client, hash);
    }

    [Fact]
    public void Early_data_opens_under_the_early_secret()
    {
        var trace = Rfc8448Trace.Load("Resumed0Rtt");
        Assert.Equal(trace["early_data"], trace.Open("client_early_data", trace.ClientEarly!, expectedType: 23));
    }

    [Theory]
    [InlineData("Simple1Rtt")]
    [InlineData("Resumed0Rtt")]
    public void Application_data_opens_to_the_bytes_of_the_rfc(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        var expected = Enumerable.Range(0, 50).Select(i => (byte)i).ToArray();
        Assert.Equal(expected, trace.Open("client_data", trace.ClientTraffic, 0, 23));
        Assert.Equal(expected, trace.Open("server_data", trace.ServerTraffic, trace.Has("server_ticket") ? 1 : 0, 23));
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void The_last_records_are_close_notify(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        Assert.Equal([1, 0], trace.Open("client_alert", trace.ClientTraffic, trace.Has("client_data") ? 1 : 0, 21));
        Assert.Equal([1, 0], trace.Open("server_alert", trace.ServerTraffic, (trace.Has("server_ticket") ? 1 : 0) + (trace.Has("server_data") ? 1 : 0), 21));
    }

    [Fact]
    public void The_ticket_of_the_first_trace_yields_the_psk_and_binder_of_the_second()
    {
        var first = Rfc8448Trace.Load("Simple1Rtt");
        var second = Rfc8448Trace.Load("Resumed0Rtt");
        var ordinal = first.Open("server_ticket", first.ServerTraffic);
        Assert.Equal(4, ordinal[0]);
        var psk = new byte[32];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, first.Resumption.Span, "resumption"u8, [0, 0], psk);
        Assert.Equal(second["psk"], psk);

        var early = HKDF.Extract(HashAlgorithmName.SHA256, psk, new byte[32]);
        var binderKey = HkdfLabel.DeriveSecret(HashAlgorithmName.SHA256, early, "res binder"u8, SHA256.HashData([]));
        var hello = second.Fragment("client_hello");
        var binder = VerifyData.Tls13(HashAlgorithmName.SHA256, binderKey, SHA256.HashData(hello[..^35]));
        Assert.Equal(hello[^32..].ToArray(), binder);
    }

    [Theory]
    [InlineData("server_flight")]
    [InlineData("client_flight")]
    public void Every_flipped_bit_of_a_record_keeps_it_closed(string record)
    {
        var trace = Rfc8448Trace.Load("Simple1Rtt");
        var secret = record == "server_flight" ? trace.ServerHandshake : trace.ClientHandshake;
        using var opener = RecordDecryptor.ForTls13(Rfc8448Trace.Suite, secret, out _)!;
        var fragment = trace.Fragment(record).ToArray();
        for (var bit = 0; bit < fragment.Length * 8; bit += fragment.Length > 100 ? 13 : 1)
        {
            fragment[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(opener.TryOpen(23, 0x0303, fragment, out _, out var content, out var fault));
            Assert.Equal(RecordFault.BadMac, fault);
            Assert.True(content.IsEmpty);
            fragment[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(opener.TryOpen(23, 0x0303, fragment, out _, out _, out _));
        Assert.Equal(1UL, opener.Sequence);
    }

    private static void CheckSignature(Rfc8448Trace trace, Side side, byte[] hash)
    {
        var message = trace.Messages[(side, CertificateVerify)];
        var scheme = (ushort)((message[4] << 8) | message[5]);
        var signature = message[8..];
        var publicKey = PublicKeyOf(trace.Messages[(side, Certificate)]);
        var content = SignedContent.CertificateVerifyTls13(side, hash);
        Assert.Equal(VerificationResult.Valid, SignatureVerifier.VerifyTls13(new SignatureScheme(scheme), publicKey, content, signature));

        for (var i = 0; i < signature.Length; i += 7) AssertInvalid(signature, i, () => SignatureVerifier.VerifyTls13(new SignatureScheme(scheme), publicKey, content, signature));
        for (var i = 64; i < content.Length; i += 5) AssertInvalid(content, i, () => SignatureVerifier.VerifyTls13(new SignatureScheme(scheme), publicKey, content, signature));
        for (var i = 40; i < publicKey.Length - 8; i += 9) AssertInvalid(publicKey, i, () => SignatureVerifier.VerifyTls13(new SignatureScheme(scheme), publicKey, content, signature));
    }

    private static void AssertInvalid(byte[] bytes, int index, Func<VerificationResult> check)
    {
        bytes[index] ^= 0x10;
        Assert.Equal(VerificationVerdict.Invalid, check().Verdict);
        bytes[index] ^= 0x10;
    }

    // Certificate message: context, list of (cert_data<24>, extensions<16>); the key is the seventh field of the first.
    private static byte[] PublicKeyOf(byte[] certificate)
    {
        var body = certificate.AsMemory(4 + 1 + certificate[4] + 3 + 3);
        var tbs = new AsnReader(body, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        for (var i = 0; i < 6; i++) tbs.ReadEncodedValue();
        return tbs.ReadEncodedValue().ToArray();
    }
}
