using System.Security.Cryptography;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Cases.PrivateKeys;

/// <summary>Captures of this folder (see record.sh), read with the private key of the server.</summary>
public sealed class PrivateKeyTests
{
    [Theory]
    [InlineData("full", 1)]
    [InlineData("no-extended-master-secret", 1)]
    [InlineData("old-versions", 3)]
    [InlineData("session-id", 2)]
    [InlineData("ticket", 2)]
    public void Every_connection_whose_key_exchange_is_rsa_is_decrypted_up_to_the_request(string name, int connections)
    {
        var found = Read(name, "server.pkcs8.pem");
        Assert.Equal(connections, found.Count);
        foreach (var connection in found)
        {
            var tls = TlsOf(connection);
            Assert.True(tls.IsDecrypted);
            Assert.Empty(tls.Unparsed);
            Assert.Equal(2, tls.Messages.Count(m => m.Message is Finished));
            Assert.Equal(2, tls.Verifications.Count(v => v is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Valid }));
            Assert.Equal("GET / HTTP/1.0", connection.Connection.Facts.OfType<HttpFacts>().Single().Request);
        }
    }

    [Theory]
    [InlineData("session-id")]
    [InlineData("ticket")]
    public void A_resumed_session_has_the_master_secret_of_the_first_one_and_no_key_exchange_of_its_own(string name)
    {
        var resumed = TlsOf(Read(name, "server.pkcs8.pem")[1]);
        Assert.DoesNotContain(resumed.Messages, m => m.Message is ClientKeyExchange or CertificateMessage);
        Assert.True(resumed.IsDecrypted);
    }

    [Fact]
    public void Threads_make_no_difference()
    {
        var one = Read("ticket", "server.pkcs8.pem", threads: 1);
        var more = Read("ticket", "server.pkcs8.pem", threads: 4);
        Assert.Equal(one.Select(c => c.Connection.Steps.Count), more.Select(c => c.Connection.Steps.Count));
    }

    [Fact]
    public void A_renegotiation_has_a_key_exchange_of_its_own_inside_the_first()
    {
        var tls = TlsOf(Assert.Single(Read("renegotiation", "server.pkcs1.pem")));
        Assert.Equal(2, tls.Messages.Count(m => m.Message is ClientKeyExchange));
        Assert.Equal(4, tls.Verifications.Count(v => v is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Valid }));
        Assert.Empty(tls.Unparsed);
    }

    [Fact]
    public void Datagrams_are_decrypted_too()
    {
        var tls = TlsOf(Assert.Single(Read("dtls", "server.pkcs8.pem")));
        Assert.True(tls.IsDecrypted);
        Assert.Equal(2, tls.Verifications.Count(v => v is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Valid }));
        Assert.Empty(tls.Unparsed);
    }

    [Fact]
    public void What_a_private_key_cannot_decrypt_is_said()
    {
        var found = Read("ephemeral", "server.pkcs8.pem");
        Assert.Equal("encrypted, and a private key does not decrypt the key exchange of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", Assert.Single(TlsOf(found[0]).Unparsed).Detail);
        Assert.Equal("encrypted, and the keys of TLS 1.3 do not depend on a private key of the server", Assert.Single(TlsOf(found[1]).Unparsed).Detail);
        Assert.All(found, c => Assert.False(TlsOf(c).IsDecrypted));
    }

    [Fact]
    public void The_key_of_another_server_decrypts_nothing()
    {
        var found = Read("session-id", "other.pem");
        Assert.Equal("encrypted, and none of the private keys belongs to the server's certificate", Assert.Single(TlsOf(found[0]).Unparsed).Detail);
        Assert.Equal("encrypted, and it resumes a session whose key exchange no private key decrypted", Assert.Single(TlsOf(found[1]).Unparsed).Detail);
    }

    [Fact]
    public void The_right_one_of_several_keys_is_found()
        => Assert.True(TlsOf(Assert.Single(Read("full", ["other.pem", "server.pkcs1.pem"], 1))).IsDecrypted);

    [Fact]
    public void A_key_has_no_text_that_shows_it()
    {
        var key = Key("server.pkcs8.pem");
        Assert.Equal("RSA private key of 2048 bits", key.ToString());
        Assert.Equal("1 private keys", new HandshakeToMermaid.Protocols.Tls.Decryption.PrivateKeys([key]).ToString());
    }

    [Theory]
    [InlineData("certificate.pem", "it contains a certificate and no private key")]
    [InlineData("ec.pem", "its private key is not an RSA key; others decrypt no TLS session")]
    [InlineData("encrypted.pem", "its private key is encrypted; decrypt it first, with openssl pkey -in FILE -out PLAIN")]
    [InlineData("full.pcap", "it contains no PEM block (-----BEGIN PRIVATE KEY-----)")]
    public void A_file_without_a_usable_key_says_why(string name, string expected)
    {
        using var file = File.OpenRead(PathOf(name));
        Assert.Null(PrivateKeyFile.Read(name, file, out var why));
        Assert.Equal(expected, why);
    }

    [Fact]
    public void Keys_in_other_forms_and_damaged_ones_say_why()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.NotNull(PrivateKeyFile.Read("x", File.ReadAllText(PathOf("certificate.pem")) + rsa.ExportPkcs8PrivateKeyPem(), out _));
        Assert.Equal("its private key is not an RSA key; others decrypt no TLS session", Why(ec.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("its private key is encrypted; decrypt it first, with openssl pkey -in FILE -out PLAIN", Why(rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000))));
        Assert.Equal("it contains a public key and no private key", Why(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Equal("its private key is damaged", Why(PemEncoding.WriteString("RSA PRIVATE KEY", rsa.ExportRSAPrivateKey().AsSpan(0, 300))));
        Assert.Equal("its private key is damaged", Why(PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3])));
        Assert.Equal("it is too large for a private key", Why(new string(' ', (1024 * 1024) + 1)));

        static string? Why(string text)
        {
            using var file = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text));
            Assert.Null(PrivateKeyFile.Read("x", file, out var why));
            return why;
        }
    }

    [Fact]
    public void A_key_that_belongs_to_no_certificate_is_named_in_the_summary()
    {
        var options = With(["server.pkcs8.pem", "other.pem"]);
        var (_, summary) = Reading.Of(File.ReadAllBytes(PathOf("full.pcap")), options);
        Assert.Equal(["other.pem"], summary.UnmatchedKeys);
    }

    private static List<DiagnosedConnection> Read(string name, string key, int threads = 1) => Read(name, [key], threads);

    private static List<DiagnosedConnection> Read(string name, string[] keys, int threads) => Reading.Of(PathOf(name + ".pcap"), With(keys) with { Threads = threads });

    private static AnalyzerOptions With(string[] keys) => new() { PrivateKeys = new([.. keys.Select(Key)]) };

    private static PrivateKey Key(string name)
    {
        using var file = File.OpenRead(PathOf(name));
        return PrivateKeyFile.Read(name, file, out _)!;
    }

    private static TlsFacts TlsOf(DiagnosedConnection connection) => connection.Connection.Facts.OfType<TlsFacts>().First();

    private static string PathOf(string name) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "PrivateKeys", name);
}
