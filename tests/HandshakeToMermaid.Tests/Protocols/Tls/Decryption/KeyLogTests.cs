using System.Reflection;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

public sealed class KeyLogTests
{
    private const string Random = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
    private const string Secret32 = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private const string Master = Secret32 + "deadbeefdeadbeefdeadbeefdeadbeef";

    [Theory]
    [InlineData("CLIENT_RANDOM", Master, SecretLabel.MasterSecret, 0)]
    [InlineData("CLIENT_EARLY_TRAFFIC_SECRET", Secret32, SecretLabel.ClientEarlyTraffic, 0)]
    [InlineData("CLIENT_HANDSHAKE_TRAFFIC_SECRET", Secret32, SecretLabel.ClientHandshakeTraffic, 0)]
    [InlineData("SERVER_HANDSHAKE_TRAFFIC_SECRET", Master, SecretLabel.ServerHandshakeTraffic, 0)]
    [InlineData("CLIENT_TRAFFIC_SECRET_0", Secret32, SecretLabel.ClientTraffic, 0)]
    [InlineData("CLIENT_TRAFFIC_SECRET", Secret32, SecretLabel.ClientTraffic, 0)]
    [InlineData("SERVER_TRAFFIC_SECRET_12", Secret32, SecretLabel.ServerTraffic, 12)]
    [InlineData("QUIC_SERVER_TRAFFIC_SECRET_0", Secret32, SecretLabel.ServerTraffic, 0)]
    [InlineData("QUIC_CLIENT_HANDSHAKE_TRAFFIC_SECRET", Secret32, SecretLabel.ClientHandshakeTraffic, 0)]
    [InlineData("ECH_SECRET", Secret32, SecretLabel.EchSecret, 0)]
    [InlineData("ECH_CONFIG", "fe0d0000", SecretLabel.EchConfig, 0)]
    internal void A_line_of_each_label_is_kept(string label, string secret, SecretLabel kind, int generation)
    {
        var (log, store) = Read($"{label} {Random} {secret}\n");
        Assert.Equal((1, 0, 0), (log.Kept, log.Ignored, log.Broken));
        Assert.Equal(Convert.FromHexString(secret), store.Find(Convert.FromHexString(Random), kind, generation)!.Span.ToArray());
        Assert.True(store.Knows(Convert.FromHexString(Random)));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Line_ends_comments_a_byte_order_mark_and_any_case_of_hex_do_not_matter(string end)
    {
        var (log, store) = Read($"\uFEFF# a comment{end}{end}  CLIENT_TRAFFIC_SECRET_0\t{Random.ToUpperInvariant()}  {Secret32.ToUpperInvariant()} {end}SERVER_TRAFFIC_SECRET_0 {Random.ToLowerInvariant()} {Secret32}");
        Assert.Equal((2, 0, 4), (log.Kept, log.Broken, log.Lines));
        Assert.Equal(1, store.Sessions);
    }

    [Fact]
    public void Labels_that_open_nothing_are_counted_and_not_kept()
    {
        var (log, store) = Read($"RSA 0123456789abcdef {Master}\nEXPORTER_SECRET {Random} {Secret32}\nEARLY_EXPORTER_SECRET {Random} {Secret32}\nSOMETHING_NEW {Random} {Secret32}\n");
        Assert.Equal((0, 4, 0), (log.Kept, log.Ignored, log.Broken));
        Assert.True(store.IsEmpty);
    }

    [Theory]
    [InlineData("CLIENT_RANDOM", "a client random and a secret must follow the label")]
    [InlineData("CLIENT_RANDOM " + Random, "a client random and a secret must follow the label")]
    [InlineData("CLIENT_RANDOM 0011 " + Master, "the client random has 4 hex digits, not 64")]
    [InlineData("CLIENT_RANDOM zz112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF " + Master, "the client random is not hexadecimal")]
    [InlineData("CLIENT_RANDOM " + Random + " " + Secret32, "the secret has 32 bytes, which is not a valid length for its label")]
    [InlineData("CLIENT_RANDOM " + Random + " " + Master + "0", "the secret has an odd number of hex digits")]
    [InlineData("CLIENT_RANDOM " + Random + " x" + Master + "0", "the secret is not hexadecimal")]
    [InlineData("CLIENT_RANDOM " + Random + " " + Master + " more", "there is extra text after the secret")]
    [InlineData("<html>", "it does not begin with a label")]
    public void A_broken_line_is_named_by_its_number_and_the_next_one_is_read(string line, string reason)
    {
        var (log, store) = Read($"# first\n{line}\nCLIENT_TRAFFIC_SECRET_0 {Random} {Secret32}\n");
        Assert.Equal([new KeyLogFault(2, reason)], log.Faults);
        Assert.Equal((1, 1), (log.Kept, log.Broken));
        Assert.Equal($"line 2: {reason}", log.Faults[0].ToString());
        Assert.Equal(1, store.Sessions);
    }

    [Fact]
    public void A_line_without_end_is_given_up_at_the_cap()
    {
        foreach (var (length, isBroken) in new[] { (16 * 1024, false), ((16 * 1024) + 1, true) })
        {
            var log = new KeyLog(new SecretStore());
            for (var i = 0; i < length; i++) log.Feed("#"u8);
            log.Finish();
            Assert.Equal(isBroken ? 1 : 0, log.Broken);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_log_that_comes_in_pieces_reads_the_same(int size)
    {
        var text = Encoding.ASCII.GetBytes($"# c\r\nCLIENT_TRAFFIC_SECRET_0 {Random} {Secret32}\r\n\r\nbroken\r\nSERVER_TRAFFIC_SECRET_0 {Random} {Secret32}");
        var log = new KeyLog(new SecretStore());
        for (var at = 0; at < text.Length; at += size) log.Feed(text.AsSpan(at, Math.Min(size, text.Length - at)));
        log.Finish();
        Assert.Equal((2, 1, 5), (log.Kept, log.Broken, log.Lines));
        Assert.Equal(4, log.Faults[0].Line);
    }

    [Fact]
    public void A_second_secret_for_a_session_is_a_candidate_and_the_same_one_is_not()
    {
        var (_, store) = Read($"CLIENT_TRAFFIC_SECRET_0 {Random} {Secret32}\nCLIENT_TRAFFIC_SECRET_0 {Random} {Secret32}\nCLIENT_TRAFFIC_SECRET_0 {Random} 00{Secret32[2..]}\n");
        var candidates = store.Candidates(Convert.FromHexString(Random), SecretLabel.ClientTraffic);
        Assert.Equal(2, candidates.Count);
        Assert.Equal(0xDE, candidates[0].Span[0]);
        Assert.Equal(2, store.Version);
    }

    [Fact]
    public void Whoever_waits_is_told_when_the_store_grows_from_any_thread()
    {
        var store = new SecretStore();
        var told = 0;
        store.Grown += (_, _) => Interlocked.Increment(ref told);
        Parallel.For(0, 1000, i => Assert.True(store.TryAdd(new ClientRandom(0, 0, 0, (ulong)i), SecretLabel.ClientTraffic, new byte[32])));
        Assert.Equal((1000, 1000, 1000), (told, store.Version, store.Sessions));
    }

    [Fact]
    public void Random_bytes_never_throw_and_add_nothing()
    {
        var random = new Random(9850);
        var store = new SecretStore();
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            KeyLog.Read(bytes, store);
        }

        Assert.True(store.IsEmpty);
    }

    [Fact]
    public void No_text_of_any_type_shows_a_secret()
    {
        var value = Convert.FromHexString(Secret32);
        var secret = new Secret(value);
        var (log, store) = Read($"CLIENT_RANDOM {Random} {Master}\nCLIENT_RANDOM {Random} {Secret32}\n");
        var suite = CipherParameters.Of(new CipherSuite(0x1301))!;
        var keys = TrafficKeys.Of(suite.Hash, 16, secret);
        var block = KeyBlock.Derive(0x0303, CipherParameters.Of(new CipherSuite(0xC027))!, new Secret(Convert.FromHexString(Master)), new byte[32], new byte[32]);
        using var opener = RecordDecryptor.ForTls13(suite, secret, out _)!;
        using var protection = Tls13RecordProtection.Create(suite, keys)!;
        var shown = new StringBuilder();
        foreach (var thing in new object[] { secret, log, store, keys, keys.Key, keys.Iv, block, opener, opener.TrafficSecret!, protection, log.Faults[0] })
        {
            shown.AppendLine(thing.ToString());
            // What a debugger shows without being asked to look inside.
            if (thing.GetType().IsValueType) continue;
            Assert.Equal("{ToString(),nq}", thing.GetType().GetCustomAttribute<System.Diagnostics.DebuggerDisplayAttribute>()?.Value ?? "{ToString(),nq}");
        }

        foreach (var hidden in new[] { value, keys.Key.Span.ToArray(), keys.Iv.Span.ToArray(), block.Key(HandshakeToMermaid.Protocols.Contracts.Side.Client).ToArray() })
        {
            Assert.DoesNotContain(Convert.ToHexString(hidden)[..8], shown.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(hidden)[..8], shown.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("beef", shown.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static (KeyLog Log, SecretStore Store) Read(string text)
    {
        var store = new SecretStore();
        return (KeyLog.Read(Encoding.UTF8.GetBytes(text), store), store);
    }
}
