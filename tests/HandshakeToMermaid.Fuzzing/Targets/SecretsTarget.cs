using System.Text;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>
/// Key logs, and what they open: records are sealed here with known secrets, so that what is inside them is changed and not only their cipher text;
/// records of every other suite are opened as they are.
/// </summary>
internal sealed class SecretsTarget : FuzzTarget
{
    /// <summary>Tags: bit 0 the sender, bits 1 and 2 the secret (0 for bytes in the clear), bits 3 to 5 the inner type from 20 on.</summary>
    private const byte HandshakeSecret = 2;
    private const byte TrafficSecret = 4;
    private const byte EarlySecret = 6;
    private const byte Log = 0x40;
    private const byte Fragment = 0x80;

    /// <inheritdoc/>
    public override string Name => "secrets";

    /// <inheritdoc/>
    public override string Summary => "key logs; decryption of sealed records, whose content is changed, and of records of every suite";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => tag switch
    {
        >= Fragment => null,
        >= Log => TextGrammar.Lines,
        _ when (tag & 6) == 0 => TlsGrammar.Records,
        _ when ((tag >> 3) & 7) == 2 => TlsGrammar.Messages,
        _ => TextGrammar.Http,
    });

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (6_000_000, 3_000);

    /// <inheritdoc/>
    public override int ShortRun => 150;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. "CLIENT_RANDOM |CLIENT_TRAFFIC_SECRET_4294967296 |SERVER_TRAFFIC_SECRET_1 |CLIENT_HANDSHAKE_TRAFFIC_SECRET |EXPORTER_SECRET |RSA |ECH_SECRET |# |\r\n|\0|\u00ef\u00bb\u00bf".Split('|').Select(Encoding.Latin1.GetBytes),
        TlsBytes.Message(24, [1]),
        TlsBytes.Message(24, [0]),
        TlsBytes.Message(4, TlsBytes.Join(TlsBytes.U32(300), TlsBytes.U32(9), TlsBytes.Vector8(TlsBytes.Fill(8)), TlsBytes.Vector16(TlsBytes.Fill(40)), TlsBytes.Vector16())),
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (material.KeyLog.Length == 0) yield break;
        yield return Script.Write([(Log, material.KeyLog)]);
        foreach (var talk in Conversation.Of(material).Where(c => c.Said[0].Bytes is [22, 3, ..])) yield return Script.Write([(Log, material.KeyLog), .. talk.Said.Select(s => (s.IsFirst ? (byte)0 : StreamRun.Server, s.Bytes))]);
        var secrets = new SecretStore();
        KeyLog.Read(material.KeyLog, secrets);
        var found = new List<Diagnosis.DiagnosedConnection>();
        using (var source = CaptureReading.Open(material.File)) if (source is not null) new HandshakeAnalyzer(new AnalyzerOptions { Secrets = secrets, Threads = 1 }).Analyze(source, found.Add);
        foreach (var facts in found.SelectMany(c => c.Connection.Facts).OfType<TlsFacts>().Where(f => f.IsDecrypted && f.Version is { IsTls13: true })) yield return Script.Write(Sealed(facts));
        foreach (byte suite in (byte[])[0x2F, 0x35, 0x9C, 0x05, 0x0A, 0x3C, 0xA8, 0x13]) yield return Script.Write([((byte)(Fragment | 1), [suite, 0, 1, .. TlsBytes.Fill(64, suite)])]);
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var items = Script.Read(input);
        foreach (var (_, bytes) in items.Where(i => i.Tag >= Fragment)) Open(bytes);
        Invariant.Same(Said(items), Said(items), "same answer twice");
    }

    /// <summary>The messages of an opened handshake behind hellos whose secrets are known here, and an exchange behind them.</summary>
    private static IEnumerable<(byte, byte[])> Sealed(TlsFacts facts)
    {
        yield return (0, TlsBytes.Handshake(TlsBytes.ClientHello13()));
        yield return (1, TlsBytes.Handshake(TlsBytes.ServerHello13()));
        foreach (var message in facts.Messages.Where(m => m.Provenance == Provenance.Decrypted))
        {
            var from = message.From == facts.ClientDirection ? (byte)0 : (byte)1;
            yield return ((byte)(from | (message.Message.Type.Code is 4 or 24 ? TrafficSecret : HandshakeSecret) | (2 << 3)), message.Bytes.ToArray());
        }

        yield return (TrafficSecret | (3 << 3), [.. "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"u8]);
        yield return (1 | TrafficSecret | (3 << 3), [.. "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\n\r\n"u8]);
        yield return (1 | TrafficSecret | (1 << 3), [1, 0]);
    }

    private static string Said(List<(byte Tag, byte[] Bytes)> items)
    {
        var secrets = new SecretStore();
        var log = new KeyLog(secrets);
        foreach (var (_, bytes) in items.Where(i => i.Tag is >= Log and < Fragment)) log.Feed(bytes);
        log.Finish();
        var random = ClientRandom.Read(TlsBytes.Fill(32, 0xC1));
        foreach (var label in Enum.GetValues<SecretLabel>().Where(l => l is >= SecretLabel.ClientEarlyTraffic and <= SecretLabel.ServerTraffic)) secrets.TryAdd(random, label, TlsBytes.Fill(32, (byte)label));
        var numbers = new Dictionary<SecretLabel, ulong>();
        return log.ToString() + log.Faults.Count + StreamRun.All(items.Where(i => i.Tag < Log).Select(i => ((byte)(i.Tag & 1), Seal(i.Tag, i.Bytes, numbers))), 443, secrets);
    }

    private static byte[] Seal(byte tag, byte[] content, Dictionary<SecretLabel, ulong> numbers)
    {
        if ((tag & 6) == 0) return content;
        var isClient = (tag & 1) == 0;
        var label = (tag & 6) switch
        {
            HandshakeSecret => isClient ? SecretLabel.ClientHandshakeTraffic : SecretLabel.ServerHandshakeTraffic,
            EarlySecret => SecretLabel.ClientEarlyTraffic,
            _ => isClient ? SecretLabel.ClientTraffic : SecretLabel.ServerTraffic,
        };
        var number = numbers.GetValueOrDefault(label);
        numbers[label] = number + 1;
        return Tls13Record.Protect(TlsBytes.Fill(32, (byte)label), number, (byte)(20 + ((tag >> 3) & 7)), content.Length > 16_000 ? content[..16_000] : content);
    }

    /// <summary>A fragment of any suite: two bytes of the suite, one for version and sender.</summary>
    private static void Open(byte[] bytes)
    {
        if (bytes.Length < 3 || CipherParameters.Of(new CipherSuite(Lengths.U16([bytes[1], bytes[0]], 0))) is not { HasKnownHash: true } suite) return;
        var version = (ushort)(0x0300 + (bytes[2] % 4));
        var secret = new Secret(TlsBytes.Fill(48, 5));
        using var decryptor = bytes[2] % 8 < 4
            ? RecordDecryptor.ForTls12(suite, version, KeyBlock.Derive(version, suite, secret, TlsBytes.Fill(32), TlsBytes.Fill(32)), (Side)(bytes[2] / 8 % 2), bytes[2] > 128, out _)
            : RecordDecryptor.ForTls13(suite, new Secret(TlsBytes.Fill(32)), out _);
        if (decryptor is null) return;
        decryptor.TryOpen(23, version, bytes.AsSpan(3), out _, out _, out _);
        decryptor.TryOpenAhead(3, 22, version, bytes.AsSpan(3), out _, out _, out _);
        decryptor.Skip(bytes[2], bytes.Length, bytes.AsSpan(3));
        decryptor.UpdateKeys();
        decryptor.TryOpen(23, version, bytes.AsSpan(3), out _, out _, out _);
    }
}
