using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Session;

/// <summary>Secrets of a session in whatever suite a server names.</summary>
public sealed class EverySuiteTests
{
    [Theory]
    [InlineData(0x0301)]
    [InlineData(0x0302)]
    [InlineData(0x0303)]
    public void Secrets_up_to_TLS_1_2_open_the_session_or_it_is_said_why_not(int version)
    {
        foreach (var suite in Registered)
        {
            var facts = Play(suite, version, []).Finish();
            // A suite of TLS 1.3 has no keys here; it must only be survived.
            Assert.True(facts.IsDecrypted || facts.Unparsed.Count > 0 || new CipherSuite(suite).KeyExchange == KeyExchangeMethod.Tls13, $"0x{suite:X4}");
        }
    }

    [Fact]
    public void Secrets_of_TLS_1_3_open_the_session_or_it_is_said_why_not()
    {
        foreach (var suite in Registered)
        {
            var facts = Play(suite, 0x0303, [SelectedVersion(0x0304), KeyShare(0x001D)]).Finish();
            Assert.True(facts.IsDecrypted || facts.Unparsed.Count > 0, $"0x{suite:X4}");
        }
    }

    [Theory]
    [InlineData(0xC100)]
    [InlineData(0x00C7)]
    public void A_suite_whose_hash_the_platform_lacks_is_named(int suite) =>
        Assert.Contains(Play(suite, 0x0303, []).Finish().Unparsed, u => u.Detail.Contains($"decryption of {new CipherSuite(suite).Name} is not supported", StringComparison.Ordinal));

    private static TlsTalk Play(int suite, int version, byte[][] extensions)
    {
        var hello = ClientHello12();
        Assert.True(ClientRandom.TryRead(hello.AsSpan(6, 32), out var random));
        var secrets = new SecretStore();
        foreach (var label in Enum.GetValues<SecretLabel>()) secrets.TryAdd(random, label, Fill(label == SecretLabel.MasterSecret ? 48 : 32, 7));
        var answer = Message(2, ServerHelloBody(suite, version, null, null, [Extension(0xFF01, U8(0)), .. extensions]));
        return new TlsTalk(new TlsSetting(AnalyzerLimits.Default) { Secrets = secrets })
            .Client(Handshake(hello)).Server(Handshake(answer), Handshake(ServerHelloDone())).Client(Handshake(ClientKeyExchange12()), ChangeCipherSpec(), SealedFinished())
            .Server(ChangeCipherSpec(), SealedFinished(), Encrypted(100));
    }

    private static IEnumerable<int> Registered => Enumerable.Range(0, 0x10000).Where(code => new CipherSuite(code).Name.StartsWith("TLS_", StringComparison.Ordinal));
}
