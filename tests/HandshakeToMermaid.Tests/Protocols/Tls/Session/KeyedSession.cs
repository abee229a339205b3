using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Session;

/// <summary>A session in TLS 1.3 that seals its own records, under secrets that a test may hold back or bend.</summary>
internal sealed class KeyedSession
{
    private readonly Dictionary<(Direction, SecretLabel), ulong> sealedBefore = [];
    private readonly SecretStore secrets = new();

    public KeyedSession(AnalyzerLimits? limits = null, bool mayBringSecrets = false, params SecretLabel[] known)
    {
        Talk = new TlsTalk(new TlsSetting(limits ?? AnalyzerLimits.Default)
        {
            Secrets = secrets, MayBringSecrets = mayBringSecrets, Inner = client => new HttpSession(Provenance.Decrypted, client),
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
        var number = sealedBefore.GetValueOrDefault((from, label));
        sealedBefore[(from, label)] = number + 1;
        return Tls13Record.Protect(TlsBytes.Fill(32, Filling(label)), number, type, content);
    }

    private static byte Filling(SecretLabel label) => (byte)(0x20 + (int)label);
}
