using System.Buffers.Binary;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>The store of secrets against what a dictionary holds, and what it takes.</summary>
public class SecretStoreTests
{
    [Fact]
    public void It_holds_what_a_dictionary_of_lists_holds()
    {
        var random = new Random(20);
        var store = new SecretStore();
        var model = new Dictionary<(int Session, SecretLabel Label, int Generation), List<string>>();
        for (var i = 0; i < 30_000; i++)
        {
            var key = (Session: random.Next(5000), Label: (SecretLabel)random.Next(6), Generation: random.Next(3) == 0 ? random.Next(999_999) : 0);
            var value = new byte[key.Label == SecretLabel.MasterSecret ? 48 : 32];
            value[0] = (byte)random.Next(6);
            var known = model.TryGetValue(key, out var values) ? values : model[key] = [];
            var text = Convert.ToHexString(value);
            var isKept = known.Contains(text) || known.Count < 4;
            Assert.Equal(isKept, store.TryAdd(RandomOf(key.Session), key.Label, value, key.Generation));
            if (isKept && !known.Contains(text)) known.Add(text);
        }

        Assert.Equal(model.Keys.Select(static k => k.Session).Distinct().Count(), store.Sessions);
        Assert.Equal(model.Values.Sum(static v => v.Count), store.Version);
        foreach (var (key, values) in model)
        {
            Assert.Equal(values, store.Candidates(BytesOf(key.Session), key.Label, key.Generation).Select(static s => Convert.ToHexString(s.Span)));
            Assert.Empty(store.Candidates(BytesOf(key.Session), SecretLabel.EchSecret));
        }

        Assert.True(store.Knows(BytesOf(model.Keys.First().Session)));
        Assert.False(store.Knows(BytesOf(5001)));
    }

    [Fact]
    public void One_session_with_many_generations_is_found_by_key()
    {
        var store = new SecretStore();
        for (var i = 0; i < 200_000; i++) Assert.True(store.TryAdd(RandomOf(1), SecretLabel.ClientTraffic, new byte[32], i));
        Assert.Equal(1, store.Sessions);
        Assert.Single(store.Candidates(BytesOf(1), SecretLabel.ClientTraffic, 199_999));
    }

    [Fact]
    public void It_takes_less_than_the_key_log_and_ends_where_it_is_full()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var store = new SecretStore();
        var (lines, kept) = (0L, 0);
        Span<byte> value = stackalloc byte[48];
        for (var session = 0; kept == lines; session++)
        {
            foreach (var label in Labels)
            {
                RandomNumberGenerator.Fill(value);
                lines++;
                if (store.TryAdd(RandomOf(session), label, value)) kept++;
            }
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(taken < kept * 128L, $"{taken / kept} bytes for each secret; a line has 170 to 200");
        Assert.InRange(kept, 1_000_000, 2_000_000);
        Assert.Single(store.Candidates(BytesOf(0), SecretLabel.ClientTraffic));
        GC.KeepAlive(store);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public void Configurations_of_any_length_come_back_whole(int length)
    {
        var store = new SecretStore();
        var values = Enumerable.Range(0, 1000).Select(i => RandomNumberGenerator.GetBytes(length)).ToList();
        for (var i = 0; i < values.Count; i++) Assert.True(store.TryAdd(RandomOf(i), SecretLabel.EchConfig, values[i]));
        for (var i = 0; i < values.Count; i++) Assert.Equal(values[i], store.Find(BytesOf(i), SecretLabel.EchConfig)!.Span.ToArray());
        Assert.False(store.TryAdd(RandomOf(0), SecretLabel.EchConfig, new byte[4097]));
    }

    private static ClientRandom RandomOf(int session) => ClientRandom.TryRead(BytesOf(session), out var random) ? random : throw new InvalidOperationException();

    private static byte[] BytesOf(int session)
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, session);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 + (session % 24)), session);
        return bytes;
    }

    private static readonly SecretLabel[] Labels = [SecretLabel.ClientHandshakeTraffic, SecretLabel.ServerHandshakeTraffic, SecretLabel.ClientTraffic, SecretLabel.ServerTraffic];
}
