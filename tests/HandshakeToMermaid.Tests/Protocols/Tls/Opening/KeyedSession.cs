using System.Buffers.Binary;
using System.Security.Cryptography;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Opening;

/// <summary>A session in TLS 1.3 that seals its own records, under secrets that a test may hold back or bend.</summary>
internal sealed class KeyedSession
{
    private static readonly CipherParameters Suite = CipherParameters.Of(new CipherSuite(0x1301))!;
    private readonly Dictionary<(Direction, SecretLabel), (TrafficKeys Keys, ulong Next)> keys = [];
    private readonly SecretStore secrets = new();

    public KeyedSession(AnalyzerLimits? limits = null, bool mayBringSecrets = false, params SecretLabel[] known)
    {
        Talk = new TlsTalk(new TlsSetting(limits ?? AnalyzerLimits.Default)
        {
            Secrets = secrets, MayBringSecrets = mayBringSecrets, Inner = client => new HttpDialogue(Sight.Decrypted, client),
        });
        foreach (var label in known) Bring(label);
    }

    public static SecretLabel[] All { get; } =
        [SecretLabel.ClientHandshakeTraffic, SecretLabel.ServerHandshakeTraffic, SecretLabel.ClientTraffic, SecretLabel.ServerTraffic];

    public TlsTalk Talk { get; }

    /// <summary>Adds a secret to the store, by default the right one.</summary>
    public KeyedSession Bring(SecretLabel label, byte? filling = null, byte random = 0xC1)
    {
        Assert.True(ClientRandom.TryRead(TlsBytes.Fill(32, random), out var session));
        Assert.True(secrets.TryAdd(session, label, TlsBytes.Fill(label == SecretLabel.MasterSecret ? 48 : 32, filling ?? Filling(label))));
        return this;
    }

    public KeyedSession Hellos()
    {
        Talk.Client(TlsBytes.Handshake(TlsBytes.ClientHello13())).Server(TlsBytes.Handshake(TlsBytes.ServerHello13()));
        return this;
    }

    /// <summary>Hellos and both flights. The Finished messages are as long as they must be, but prove nothing.</summary>
    public KeyedSession Handshake()
    {
        Hellos();
        Server(SecretLabel.ServerHandshakeTraffic, 22, TlsBytes.Join(TlsBytes.Message(8, TlsBytes.Vector16(TlsBytes.Alpn("http/1.1"))), TlsBytes.Message(20, TlsBytes.Fill(32))));
        return Client(SecretLabel.ClientHandshakeTraffic, 22, TlsBytes.Message(20, TlsBytes.Fill(32)));
    }

    public KeyedSession Client(SecretLabel label, byte type, byte[] content)
    {
        Talk.Client(Seal(Direction.Forward, label, type, content));
        return this;
    }

    public KeyedSession Server(SecretLabel label, byte type, byte[] content)
    {
        Talk.Server(Seal(Direction.Reverse, label, type, content));
        return this;
    }

    public KeyedSession ClientData(byte[] content) => Client(SecretLabel.ClientTraffic, 23, content);

    public KeyedSession ServerData(byte[] content) => Server(SecretLabel.ServerTraffic, 23, content);

    /// <summary>Seals a record that never arrives: only its number passes.</summary>
    public KeyedSession Lose(Direction from, SecretLabel label, byte[] content)
    {
        Seal(from, label, 23, content);
        return this;
    }

    private byte[] Seal(Direction from, SecretLabel label, byte type, byte[] content)
    {
        if (!keys.TryGetValue((from, label), out var state))
        {
            state = (TrafficKeys.Of(Suite.Hash, Suite.KeyLength, new Secret(TlsBytes.Fill(32, Filling(label)))), 0);
        }

        Span<byte> nonce = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], state.Next);
        for (var i = 0; i < nonce.Length; i++) nonce[i] ^= state.Keys.Iv.Span[i];
        byte[] plain = [.. content, type];
        var output = new byte[plain.Length + 16];
        byte[] header = [23, 3, 3, (byte)(output.Length >> 8), (byte)output.Length];
        using var gcm = new AesGcm(state.Keys.Key.Span, 16);
        gcm.Encrypt(nonce, plain, output.AsSpan(0, plain.Length), output.AsSpan(plain.Length), header);
        keys[(from, label)] = (state.Keys, state.Next + 1);
        return [.. header, .. output];
    }

    private static byte Filling(SecretLabel label) => (byte)(0x20 + (int)label);
}
