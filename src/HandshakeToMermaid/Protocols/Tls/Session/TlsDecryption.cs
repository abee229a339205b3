// Decrypts records once the connection is over, when all secrets have arrived. Cleartext and decrypted
// messages are replayed in wire order, so that each is decoded in the context of the ones before it.
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// Decrypts the stored records of a connection. The keys of a record are found by trying the ones in use, then the ones
/// that come next: a matching tag or MAC is no accident, so a lost record or an unknown end of early data does no harm.
/// </summary>
internal sealed class TlsDecryption : IDecryptedRecords
{
    private readonly TlsSession closed;
    private readonly TlsSetting setting;
    private readonly DecryptionHalf[] halves;
    private readonly HashSet<Step> replaced = [];
    private readonly DecryptionKeys keys;
    private readonly DecryptedData data;
    private readonly bool isNull;
    private int replayed;

    private TlsDecryption(TlsSession closed, TlsSetting setting, Direction client)
    {
        this.closed = closed;
        this.setting = setting;
        Session = setting.CreateSession();
        isNull = closed is { CipherSuite.Mode: CipherMode.Null, ServerHello: null or { CompressionMethod: 0 } };
        keys = new DecryptionKeys(closed, setting.Secrets);
        data = new DecryptedData(closed, Session, setting, isNull);
        halves = [new DecryptionHalf(Direction.Forward, SideOf(Direction.Forward), setting.Limits), new DecryptionHalf(Direction.Reverse, SideOf(Direction.Reverse), setting.Limits)];
        if (closed.ClientHello is { OffersEarlyData: true }) halves[(int)client].Epoch = TlsEpoch.Early;

        Side SideOf(Direction from) => from == client ? Side.Client : Side.Server;
    }

    /// <summary>The session with decrypted messages.</summary>
    public TlsSession Session { get; }

    /// <summary>What the protocol inside learned; empty where none was recognised.</summary>
    public IReadOnlyList<ProtocolFacts> InnerFacts => data.InnerFacts;

    /// <summary>Application data in which no protocol was recognised.</summary>
    public IReadOnlyList<Step> DataSteps => data.Steps;

    /// <summary>True if records of a direction were decrypted.</summary>
    public bool IsOpened(Direction from) => halves[(int)from].Opened > 0;

    /// <summary>True where a direction's handshake was read whole, up to its Finished.</summary>
    public bool IsWhole(Direction from) => halves[(int)from].HasFinished;

    /// <summary>True if application data of a direction was decrypted.</summary>
    public bool HasData(Direction from) => halves[(int)from].HasData;

    /// <summary>True if records of either direction could not be decrypted.</summary>
    public bool IsIncomplete => halves[0].Closed > 0 || halves[1].Closed > 0;

    /// <summary>Decrypts what can be decrypted; null if there are no encrypted records or no secrets.</summary>
    public static TlsDecryption? Run(TlsSession closed, IReadOnlyList<EncryptedEntry> entries, TlsSetting setting)
    {
        if (entries.Count == 0) return null;
        if (setting is { Secrets.IsEmpty: true, PrivateKeys: null } && closed.CipherSuite is not { Mode: CipherMode.Null }) return null;
        if (closed.Client is not { } client || closed.ClientHello is null || closed.Version is null)
        {
            if (!setting.LacksSecrets) closed.Note(UnparsedReason.NoKeys, "the hello messages that identify the session are missing, so no secret can be found for it", entries[0].Record.First);
            return null;
        }

        var decryption = new TlsDecryption(closed, setting, client);
        decryption.Walk(entries);
        return decryption;
    }

    private void Walk(IReadOnlyList<EncryptedEntry> entries)
    {
        foreach (var entry in entries)
        {
            while (replayed < Math.Min(entry.Position, closed.Steps.Count)) Replay(closed.Steps[replayed++]);
            var half = halves[(int)entry.From];
            if (Take(half, entry) && entry.Placeholder is { } placeholder) replaced.Add(placeholder);
        }

        while (replayed < closed.Steps.Count) Replay(closed.Steps[replayed++]);
        foreach (var note in closed.Unparsed) Session.Note(note);
        var report = new DecryptionReport(closed, Session, setting.Secrets);
        foreach (var half in halves)
        {
            if (!isNull) report.Explain(half, halves[0].Closed > 0);
            half.Release();
        }

        data.Finish(halves);
    }

    /// <summary>Replays a step that was never encrypted, or that could not be decrypted.</summary>
    private void Replay(Step step)
    {
        if (replaced.Contains(step)) return;
        Session.AddRead(step);
        if (step is ChangeCipherSpecStep && !closed.IsTls13) ChangeKeys(halves[(int)step.From]);
        if (step is TlsMessageStep { Message.Type.Code: FinishedType }) halves[(int)step.From].HasFinished = true;
    }

    private bool Take(DecryptionHalf half, EncryptedEntry entry)
    {
        var record = entry.Record;
        if (entry.SkippedRecords > 0)
        {
            half.Opener?.Skip(entry.SkippedRecords, entry.SkippedBytes, entry.SkippedTail.Span);
            data.Gap(half.From, new StreamGap(GapKind.CapReached, entry.SkippedBytes, record.First));
        }

        if (entry.IsAfterGap) data.Gap(half.From, new StreamGap(GapKind.NotCaptured, 0, record.First));
        if (half.IsGivenUp) return false;
        if (!TryOpen(half, entry, out var type, out var content) || !TryInflate(half, ref content))
        {
            if (half.Handshake.IsInside) half.Handshake.Lose();
            half.Close(record.First);
            data.Gap(half.From, new StreamGap(GapKind.NotCaptured, 0, record.First));
            return false;
        }

        if (!isNull) half.Opened++;
        switch (type)
        {
            case 20:
                Session.AddRead(new ChangeCipherSpecStep { From = half.From, First = record.First, Last = record.Last, Provenance = Provenance.Decrypted });
                half.AfterRecord = KeyChange.NewKeys;
                break;
            case 21:
                Alerts(half, record, content);
                break;
            case 22:
                Messages(half, record, content);
                break;
            case 23:
                data.Take(half, record, content);
                break;
            default:
                break;
        }

        Follow(half);
        return true;
    }

    private bool TryOpen(DecryptionHalf half, EncryptedEntry entry, out byte type, out ReadOnlySpan<byte> content)
    {
        var record = entry.Record;
        if (isNull)
        {
            var length = record.Ciphertext.Length - (closed.CipherSuite?.MacBytes ?? 0);
            type = record.Type.Code;
            content = record.Ciphertext.Span[..Math.Max(0, length)];
            return length >= 0;
        }

        if (half.Opener is { } current && TryOpen(current, entry, out type, out content)) return true;
        if (!closed.IsTls13)
        {
            type = default;
            content = default;
            return half.Opener is null && TryAny(half, half.SinceChange, entry, out type, out content);
        }

        for (var epoch = half.Opener is null ? half.Epoch : half.Epoch + 1; epoch <= TlsEpoch.Application; epoch++)
        {
            if (!TryAny(half, keys.OpenersOf(half, epoch), entry, out type, out content)) continue;
            half.Epoch = epoch;
            return true;
        }

        type = default;
        content = default;
        return false;
    }

    private static bool TryInflate(DecryptionHalf half, ref ReadOnlySpan<byte> content) =>
        half is not { Inflater: { } inflater, Opener: { } opener } || inflater.TryInflate(opener.Sequence - 1, content, out content);

    private static bool TryAny(DecryptionHalf half, List<RecordDecryptor> openers, EncryptedEntry entry, out byte type, out ReadOnlySpan<byte> content)
    {
        foreach (var opener in openers)
        {
            half.WasTried = true;
            if (!TryOpen(opener, entry, out type, out content)) continue;
            openers.Remove(opener);
            half.Opener?.Dispose();
            half.Opener = opener;
            return true;
        }

        type = default;
        content = default;
        return false;
    }

    private static bool TryOpen(RecordDecryptor opener, EncryptedEntry entry, out byte type, out ReadOnlySpan<byte> content)
    {
        var record = entry.Record;
        return entry.IsAfterGap
            ? opener.TryOpenAhead(MaxMissing, record.Type.Code, record.Version.Code, record.Ciphertext.Span, out type, out content, out _)
            : opener.TryOpen(record.Type.Code, record.Version.Code, record.Ciphertext.Span, out type, out content, out _);
    }

    /// <summary>Up to TLS 1.2: goes on to the keys behind a ChangeCipherSpec.</summary>
    private void ChangeKeys(DecryptionHalf half)
    {
        half.Opener?.Dispose();
        half.Opener = null;
        half.Inflater?.Dispose();
        half.Inflater = Session.LatestServerHello is { CompressionMethod: RecordInflater.Deflate } ? new RecordInflater() : null;
        half.SinceChange = isNull ? [] : keys.OpenersAfterChange(half, Session);
    }

    private void Messages(DecryptionHalf half, EncryptedRecord record, ReadOnlySpan<byte> content)
    {
        if (half.Handshake.IsLost && !half.Handshake.TryResume(content)) return;
        while (!content.IsEmpty)
        {
            if (!half.Handshake.IsInside) half.MessageFirst = record.First;
            if (!half.Handshake.TryTake(ref content, record.Last, out var raw)) continue;
            Session.Message(half.From, raw with { First = half.MessageFirst }, Provenance.Decrypted, record.Version);
            switch (raw.Type.Code)
            {
                case FinishedType:
                    half.HasFinished = true;
                    if (closed.IsTls13 && half.Epoch == TlsEpoch.Handshake) half.AfterRecord = KeyChange.Application;
                    break;
                case EndOfEarlyDataType when half.Epoch == TlsEpoch.Early:
                    half.AfterRecord = KeyChange.Handshake;
                    break;
                case KeyUpdateType when closed.IsTls13:
                    half.AfterRecord = KeyChange.Update;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Switches to the keys that the current record demands, once its content is no longer in use.</summary>
    private void Follow(DecryptionHalf half)
    {
        switch (half.AfterRecord)
        {
            case KeyChange.NewKeys:
                ChangeKeys(half);
                break;
            case KeyChange.Update:
                half.Opener?.UpdateKeys();
                break;
            case KeyChange.Handshake or KeyChange.Application:
                half.Epoch = half.AfterRecord == KeyChange.Handshake ? TlsEpoch.Handshake : TlsEpoch.Application;
                half.Opener?.Dispose();
                half.Opener = null;
                break;
            default:
                break;
        }

        half.AfterRecord = KeyChange.None;
    }

    private void Alerts(DecryptionHalf half, EncryptedRecord record, ReadOnlySpan<byte> content)
    {
        var after = halves[0].HasFinished && halves[1].HasFinished;
        for (; content.Length >= 2; content = content[2..])
        {
            var alert = new Alert(new AlertLevel(content[0]), new AlertDescription(content[1]));
            Session.Alert(half.From, alert, record.First, record.Last, Provenance.Decrypted, after);
        }
    }

    private const byte EndOfEarlyDataType = 5;
    private const byte FinishedType = 20;
    private const byte KeyUpdateType = 24;

    // Records that a gap may have swallowed: at 16 KiB each, more than a receive window holds.
    private const int MaxMissing = 256;
}
