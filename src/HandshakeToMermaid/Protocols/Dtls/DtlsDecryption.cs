using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>
/// Decrypts stored records. Unlike in TLS, each carries its epoch and sequence number, so none depends on the ones before it. Up to DTLS 1.2 epoch 1 is
/// decrypted; a renegotiation leads to others. In DTLS 1.3 epoch 2 is the handshake, 3 and up application data.
/// </summary>
internal sealed class DtlsDecryption : IDecryptedRecords, IDisposable
{
    private readonly TlsSetting setting;
    private readonly ClientHello hello;
    private readonly ServerHello answer;
    private readonly CipherParameters parameters;
    private readonly Direction client;
    private readonly List<RecordProtection>?[] byMaster = new List<RecordProtection>?[2];
    private readonly List<ConnectionIdKeys>?[] withIds = new List<ConnectionIdKeys>?[2];
    private readonly Dictionary<(Direction From, int Epoch), List<Dtls13Keys>> byEpoch = [];
    private readonly int[] latest = [HandshakeEpoch, HandshakeEpoch];
    private readonly bool[] isOpened = new bool[2];
    private readonly bool[] hasData = new bool[2];
    private readonly List<Step> data = [];

    private DtlsDecryption(TlsSetting setting, ClientHello hello, ServerHello answer, CipherParameters parameters, Direction client)
    {
        this.setting = setting;
        this.hello = hello;
        this.answer = answer;
        this.parameters = parameters;
        this.client = client;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Step> DataSteps => data;

    /// <summary>The secret that a record needed and the key log lacks; null where none was missed.</summary>
    public string? Missing { get; private set; }

    /// <summary>True where records of DTLS 1.2 with a connection id can be opened: under an AEAD.</summary>
    public bool OpensConnectionIds => parameters.Type == CipherType.Aead;

    /// <summary>Starts decryption; null if nothing can be decrypted, with the reason in <paramref name="why"/>.</summary>
    public static DtlsDecryption? Begin(TlsSetting setting, ClientHello? hello, ServerHello? answer, Direction client, RsaKeyExchange? exchange, out string? why)
    {
        why = null;
        if (setting.Secrets.IsEmpty && exchange is null) return null;
        if (hello is null || answer?.CipherSuite is not { } suite)
        {
            why = "the hello messages that identify the session are missing, so no secret can be found for it";
            return null;
        }

        if (!setting.Secrets.Knows(hello.SessionRandom.Span))
        {
            why = setting.Secrets.IsEmpty && exchange?.Why is { } reason ? reason : "encrypted, and the key log has no secret for this session";
            return null;
        }

        if (CipherParameters.Of(suite) is { IsOpened: true } parameters && hello.SessionRandom.Length == 32 && answer.Random.Length == 32)
        {
            return new DtlsDecryption(setting, hello, answer, parameters, client);
        }

        why = $"decryption of {suite.Name} is not supported";
        return null;
    }

    /// <inheritdoc/>
    public bool IsOpened(Direction from) => isOpened[(int)from];

    /// <inheritdoc/>
    public bool HasData(Direction from) => hasData[(int)from];

    /// <summary>Opens a record; false where it stays closed.</summary>
    public bool TryOpen(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        (type, content) = (record.Type, []);
        if (record.Fragment.Length == 0) return false;
        var done = record.IsUnified ? TryOpen13(record, out type, out content) : TryOpen12(record, out type, out content);
        isOpened[(int)record.From] |= done;
        return done;
    }

    /// <summary>Notes application data.</summary>
    public void AddData(EncryptedDtlsRecord record, int bytes)
    {
        if (hasData[(int)record.From]) return;
        hasData[(int)record.From] = true;
        data.Add(new ApplicationDataStep { From = record.From, First = record.Mark, Last = record.Mark, Bytes = bytes, Provenance = Provenance.Decrypted });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var openers in byMaster)
        {
            foreach (var opener in openers ?? []) opener.Dispose();
        }

        foreach (var keys in withIds.SelectMany(k => k ?? [])) keys.Dispose();
        foreach (var keys in byEpoch.Values)
        {
            foreach (var one in keys) one.Dispose();
        }
    }

    private bool TryOpen12(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        (type, content) = (record.Type, []);
        if (record.Epoch != 1 || answer.Version.IsTls13) return false;
        if (record.Type == DtlsRecord.WithConnectionId) return TryOpenWithId(record, out type, out content);
        var openers = byMaster[(int)record.From] ??= OpenersOf(record.From);
        foreach (var opener in openers)
        {
            if (!opener.TryOpen(((ulong)record.Epoch << 48) | record.Sequence, record.Type, record.Version, record.Fragment, out type, out var opened, out _)) continue;
            content = opened.ToArray();
            return true;
        }

        return false;
    }

    private bool TryOpenWithId(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        var from = (int)record.From;
        withIds[from] ??= [.. Blocks().Select(k => ConnectionIdKeys.Create(parameters, k, SideOf(record.From))).OfType<ConnectionIdKeys>()];
        foreach (var keys in withIds[from]!)
        {
            if (keys.TryOpen(record, out type, out content)) return true;
        }

        (type, content) = (record.Type, []);
        return false;
    }

    private IEnumerable<KeyBlock> Blocks()
    {
        if (answer.CompressionMethod != 0) yield break;
        foreach (var master in setting.Secrets.Candidates(hello.SessionRandom.Span, SecretLabel.MasterSecret))
        {
            yield return KeyBlock.Derive(answer.Version.Code, parameters, master, hello.SessionRandom.Span, answer.Random.Span);
        }
    }

    private List<RecordProtection> OpenersOf(Direction from)
    {
        var openers = new List<RecordProtection>(1);
        var version = answer.Version.Code;
        var isMacLast = parameters.Type == CipherType.Block && answer.Extensions.Has(ExtensionType.EncryptThenMac);
        foreach (var keys in Blocks())
        {
            if (RecordDecryptor.Protect(parameters, ProtocolEras.Of(version), keys, SideOf(from), isMacLast) is { } opener) openers.Add(opener);
        }

        return openers;
    }

    private bool TryOpen13(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        ref var reached = ref latest[(int)record.From];

        // The header names the epoch's low two bits: it is one at or below the next one.
        var top = Math.Max(reached, ApplicationEpoch) + 1;
        for (var epoch = top - (((top - record.Epoch) % 4) + 4) % 4; epoch > 0 && epoch > top - 8; epoch -= 4)
        {
            foreach (var keys in KeysOf(record.From, epoch))
            {
                if (!keys.TryOpen(record, out type, out content)) continue;
                reached = Math.Max(reached, epoch);
                return true;
            }
        }

        (type, content) = (record.Type, []);
        return false;
    }

    private List<Dtls13Keys> KeysOf(Direction from, int epoch)
    {
        if (byEpoch.TryGetValue((from, epoch), out var keys)) return keys;
        keys = [];
        if (epoch > ApplicationEpoch)
        {
            foreach (var before in KeysOf(from, epoch - 1)) Add(HkdfLabel.NextTrafficSecret(parameters.Hash, before.TrafficSecret, HkdfLabel.Dtls13));
        }
        else if (LabelOf(SideOf(from), epoch) is { } label)
        {
            foreach (var secret in setting.Secrets.Candidates(hello.SessionRandom.Span, label)) Add(secret);
            if (keys.Count == 0 && label != SecretLabel.ClientEarlyTraffic) Missing ??= NameOf(label);
        }

        return byEpoch[(from, epoch)] = keys;

        void Add(Secret secret)
        {
            if (Dtls13Keys.Create(parameters, secret) is { } one) keys.Add(one);
        }
    }

    private static SecretLabel? LabelOf(Side side, int epoch) => (side, epoch) switch
    {
        (Side.Client, 1) => SecretLabel.ClientEarlyTraffic,
        (Side.Client, HandshakeEpoch) => SecretLabel.ClientHandshakeTraffic,
        (Side.Server, HandshakeEpoch) => SecretLabel.ServerHandshakeTraffic,
        (Side.Client, ApplicationEpoch) => SecretLabel.ClientTraffic,
        (Side.Server, ApplicationEpoch) => SecretLabel.ServerTraffic,
        _ => null,
    };

    private static string NameOf(SecretLabel label) => label switch
    {
        SecretLabel.ClientHandshakeTraffic => "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ServerHandshakeTraffic => "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ClientTraffic => "CLIENT_TRAFFIC_SECRET_0",
        _ => "SERVER_TRAFFIC_SECRET_0",
    };

    private Side SideOf(Direction from) => from == client ? Side.Client : Side.Server;

    private const int HandshakeEpoch = 2;
    private const int ApplicationEpoch = 3;
}
