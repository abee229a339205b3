// Opens what was encrypted, once the connection is over: by then all secrets that will ever come have come. Clear and opened
// messages are told again in the order of the wire, so that each is read in the light of the ones before it.
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// Opens the kept records of a connection. Which keys a record is under is found by trying the ones in use, then the ones
/// that come next: a tag or MAC that fits is no accident, and so a lost record or an unknown end of early data does no harm.
/// </summary>
internal sealed class TlsOpening : IOpenedRecords
{
    private readonly TlsConversation closed;
    private readonly TlsSetting setting;
    private readonly OpeningHalf[] halves;
    private readonly HashSet<Step> replaced = [];
    private readonly List<Step> data = [];
    private readonly List<(byte[] Content, FrameMark Mark)> early = [];
    private readonly ReadOnlyMemory<byte> random;
    private readonly bool isNull;
    private IStreamSession? inner;
    private int told;

    private TlsOpening(TlsConversation closed, TlsSetting setting, Direction client)
    {
        this.closed = closed;
        this.setting = setting;
        Conversation = new TlsConversation(setting.Limits, setting.Parts);
        random = closed.ClientHello!.SessionRandom;
        isNull = closed.CipherSuite is { Mode: CipherMode.Null };
        halves = [new OpeningHalf(Direction.Forward, SideOf(Direction.Forward), setting.Limits), new OpeningHalf(Direction.Reverse, SideOf(Direction.Reverse), setting.Limits)];
        if (closed.ClientHello is { OffersEarlyData: true }) halves[(int)client].Epoch = TlsEpoch.Early;

        Side SideOf(Direction from) => from == client ? Side.Client : Side.Server;
    }

    /// <summary>What was said, opened messages included.</summary>
    public TlsConversation Conversation { get; }

    /// <summary>What the protocol inside learned; empty where none was recognised.</summary>
    public IReadOnlyList<ProtocolFacts> InnerFacts { get; private set; } = [];

    /// <summary>Application data that no protocol inside tells of.</summary>
    public IReadOnlyList<Step> DataSteps => data;

    /// <summary>True where records of a direction were opened.</summary>
    public bool IsOpened(Direction from) => halves[(int)from].Opened > 0;

    /// <summary>True where a direction's handshake was read whole, up to its Finished.</summary>
    public bool IsWhole(Direction from) => halves[(int)from].HasFinished;

    /// <summary>True where application data of a direction was opened.</summary>
    public bool HasData(Direction from) => halves[(int)from].HasData;

    /// <summary>True where records of either direction stayed closed.</summary>
    public bool IsIncomplete => halves[0].Closed > 0 || halves[1].Closed > 0;

    /// <summary>Opens what can be opened; null where there is nothing to open or nothing to open it with.</summary>
    public static TlsOpening? Run(TlsConversation closed, IReadOnlyList<SealedEntry> entries, TlsSetting setting)
    {
        if (entries.Count == 0) return null;
        if (setting.Secrets.IsEmpty && closed.CipherSuite is not { Mode: CipherMode.Null }) return null;
        if (closed.Client is not { } client || closed.ClientHello is null || closed.Version is null)
        {
            if (!setting.Secrets.IsEmpty) closed.Note(UnreadKind.NoKeys, "the hello messages that identify the session are missing, so no secret can be found for it", entries[0].Record.First);
            return null;
        }

        var opening = new TlsOpening(closed, setting, client);
        opening.Walk(entries);
        return opening;
    }

    /// <summary>What is said of a session that no key log knows.</summary>
    public static string NoSecret(ClientHello? hello) => hello is { EncryptedClientHello: not null }
        ? "encrypted, and the key log has no secret for this session (with ECH it is listed under the inner ClientHello's random)"
        : "encrypted, and the key log has no secret for this session";

    private void Walk(IReadOnlyList<SealedEntry> entries)
    {
        foreach (var entry in entries)
        {
            while (told < Math.Min(entry.Position, closed.Steps.Count)) Tell(closed.Steps[told++]);
            var half = halves[(int)entry.From];
            if (Take(half, entry) && entry.Placeholder is { } placeholder) replaced.Add(placeholder);
        }

        while (told < closed.Steps.Count) Tell(closed.Steps[told++]);
        foreach (var note in closed.Unread) Conversation.Note(note);
        foreach (var half in halves)
        {
            Explain(half);
            half.Release();
        }

        Settle();
    }

    /// <summary>Tells a step that was never closed, or that stays so.</summary>
    private void Tell(Step step)
    {
        if (replaced.Contains(step)) return;
        Conversation.Tell(step);
        if (step is ChangeCipherSpecStep && !closed.IsTls13) ChangeKeys(halves[(int)step.From]);
        if (step is TlsMessageStep { Message.Type.Code: FinishedType }) halves[(int)step.From].HasFinished = true;
    }

    private bool Take(OpeningHalf half, SealedEntry entry)
    {
        var record = entry.Record;
        if (entry.SkippedRecords > 0)
        {
            half.Opener?.Skip(entry.SkippedRecords, entry.SkippedBytes, entry.SkippedTail.Span);
            inner?.Gap(half.From, new StreamGap(GapKind.CapReached, entry.SkippedBytes, record.First));
        }

        if (half.IsGivenUp) return false;
        if (!TryOpen(half, entry, out var type, out var content))
        {
            if (half.Handshake.IsInside) half.Handshake.Lose();
            half.Close(record.First);
            return false;
        }

        if (!isNull) half.Opened++;
        switch (type)
        {
            case 20:
                Conversation.Tell(new ChangeCipherSpecStep { From = half.From, First = record.First, Last = record.Last, Sight = Sight.Decrypted });
                half.AfterRecord = KeyChange.NewKeys;
                break;
            case 21:
                Alerts(half, record, content);
                break;
            case 22:
                Messages(half, record, content);
                break;
            case 23:
                Data(half, record, content);
                break;
            default:
                break;
        }

        Follow(half);
        return true;
    }

    private bool TryOpen(OpeningHalf half, SealedEntry entry, out byte type, out ReadOnlySpan<byte> content)
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
            if (!TryAny(half, OpenersOf(half, epoch), entry, out type, out content)) continue;
            half.Epoch = epoch;
            return true;
        }

        type = default;
        content = default;
        return false;
    }

    private static bool TryAny(OpeningHalf half, List<RecordOpener> openers, SealedEntry entry, out byte type, out ReadOnlySpan<byte> content)
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

    private static bool TryOpen(RecordOpener opener, SealedEntry entry, out byte type, out ReadOnlySpan<byte> content)
    {
        var record = entry.Record;
        return entry.IsAfterGap
            ? opener.TryOpenAhead(MostMissing, record.Type.Code, record.Version.Code, record.Ciphertext.Span, out type, out content, out _)
            : opener.TryOpen(record.Type.Code, record.Version.Code, record.Ciphertext.Span, out type, out content, out _);
    }

    private List<RecordOpener> OpenersOf(OpeningHalf half, TlsEpoch epoch)
    {
        ref var openers = ref half.ByEpoch[(int)epoch];
        if (openers is not null) return openers;
        openers = [];
        if (LabelOf(half.Side, epoch) is not { } label) return openers;
        foreach (var secret in setting.Secrets.Candidates(random.Span, label))
        {
            foreach (var suite in SuitesOf(epoch))
            {
                if (CipherParameters.Of(suite) is not { } parameters)
                {
                    half.Why ??= $"decryption of {suite.Name} is not supported";
                    continue;
                }

                if (RecordOpener.ForTls13(parameters, secret, out var why) is { } opener) openers.Add(opener);
                else half.Why ??= why;
            }
        }

        return openers;
    }

    /// <summary>Early data is under the suite of the session before, which only the record itself can tell where it was refused.</summary>
    private IEnumerable<CipherSuite> SuitesOf(TlsEpoch epoch)
    {
        if (closed.CipherSuite is { } chosen) yield return chosen;
        if (epoch != TlsEpoch.Early) yield break;
        foreach (var offered in closed.ClientHello!.CipherSuites)
        {
            if (offered.Code is > 0x1300 and < 0x1400 && offered != closed.CipherSuite) yield return offered;
        }
    }

    private static SecretLabel? LabelOf(Side side, TlsEpoch epoch) => (side, epoch) switch
    {
        (Side.Client, TlsEpoch.Early) => SecretLabel.ClientEarlyTraffic,
        (Side.Client, TlsEpoch.Handshake) => SecretLabel.ClientHandshakeTraffic,
        (Side.Client, _) => SecretLabel.ClientTraffic,
        (_, TlsEpoch.Handshake) => SecretLabel.ServerHandshakeTraffic,
        (_, TlsEpoch.Application) => SecretLabel.ServerTraffic,
        _ => null,
    };

    /// <summary>Up to TLS 1.2: what comes is under the keys that the latest hellos led to.</summary>
    private void ChangeKeys(OpeningHalf half)
    {
        half.Opener?.Dispose();
        half.Opener = null;
        half.SinceChange = [];
        if (isNull || Conversation is not { LatestClientHello: { } asked, LatestServerHello: { CipherSuite: { } suite } answered }) return;
        var asking = asked.SessionRandom.Span;
        if (asking.Length != 32 || answered.Random.Length != 32) return;
        if (answered.CompressionMethod != 0)
        {
            half.Why ??= "its records are compressed";
            return;
        }

        if (CipherParameters.Of(suite) is not { } parameters)
        {
            half.Why ??= $"decryption of {suite.Name} is not supported";
            return;
        }

        var isMacLast = parameters.Type == CipherType.Block && answered.Extensions.Has(ExtensionType.EncryptThenMac);
        foreach (var master in setting.Secrets.Candidates(asking, SecretLabel.MasterSecret))
        {
            var keys = KeyBlock.Derive(answered.Version.Code, parameters, master, asking, answered.Random.Span);
            if (RecordOpener.ForTls12(parameters, answered.Version.Code, keys, half.Side, isMacLast, out var why) is { } opener) half.SinceChange.Add(opener);
            else half.Why ??= why;
        }
    }

    private void Messages(OpeningHalf half, SealedRecord record, ReadOnlySpan<byte> content)
    {
        if (half.Handshake.IsLost && !half.Handshake.TryResume(content)) return;
        while (!content.IsEmpty)
        {
            if (!half.Handshake.IsInside) half.MessageFirst = record.First;
            if (!half.Handshake.TryTake(ref content, record.Last, out var raw)) continue;
            Conversation.Message(half.From, raw with { First = half.MessageFirst }, Sight.Decrypted, record.Version);
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

    /// <summary>Goes on to the keys that the record in hand asks for, once nobody looks at its content any more.</summary>
    private void Follow(OpeningHalf half)
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

    private void Alerts(OpeningHalf half, SealedRecord record, ReadOnlySpan<byte> content)
    {
        var after = halves[0].HasFinished && halves[1].HasFinished;
        for (; content.Length >= 2; content = content[2..])
        {
            var alert = new Alert(new AlertLevel(content[0]), new AlertDescription(content[1]));
            Conversation.Alert(half.From, alert, record.First, record.Last, Sight.Decrypted, after);
        }
    }

    private void Data(OpeningHalf half, SealedRecord record, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return;
        if (closed.IsTls13 && half.Epoch == TlsEpoch.Early)
        {
            half.Early = (half.EarlyBytes == 0 ? record.First : half.Early.First, record.Last);
            half.EarlyBytes += content.Length;
            early.Add((content.ToArray(), record.Last));
            return;
        }

        TakeEarly();
        if (!half.HasData)
        {
            half.HasData = true;
            data.Add(new ApplicationDataStep
            {
                From = half.From, First = record.First, Last = record.Last, Bytes = content.Length, Sight = isNull ? Sight.Clear : Sight.Decrypted,
            });
        }

        Inside(half.From, content, record.Last);
    }

    /// <summary>Early data counts as said unless the server refused it: then the client says it again.</summary>
    private void TakeEarly()
    {
        if (!IsEarlyDataRefused)
        {
            foreach (var (content, mark) in early) Inside(closed.Client!.Value, content, mark);
        }

        early.Clear();
    }

    private bool IsEarlyDataRefused => closed.HelloRetryRequest is not null || closed.ServerHello is not { AcceptsPreSharedKey: true }
        || Conversation.Find(HandshakeType.EncryptedExtensions, closed.Client!.Value.Opposite()) is { Message: EncryptedExtensions said }
            && !said.Extensions.Has(ExtensionType.EarlyData);

    private void Inside(Direction from, ReadOnlySpan<byte> content, FrameMark mark)
    {
        inner ??= setting.Inner?.Invoke(closed.Client!.Value);
        if (inner is not null && !inner.IsSatisfied(from)) inner.Bytes(from, content, mark);
    }

    /// <summary>Says why a direction stayed closed, or a part of it.</summary>
    private void Explain(OpeningHalf half)
    {
        if (half.Closed == 0 || isNull) return;
        if (!setting.Secrets.Knows(random.Span))
        {
            // Once for both directions.
            if (half.From == Direction.Reverse && halves[0].Closed > 0) return;
            Conversation.Note(UnreadKind.NoKeys, NoSecret(closed.ClientHello), half.FirstClosed);
            return;
        }

        var who = half.Side == Side.Client ? "client" : "server";
        Conversation.Note(UnreadKind.NoKeys, $"data from the {who} was not {(half.Opened > 0 ? "fully " : "")}decrypted: {Reason(half)}", half.FirstClosed);
    }

    private string Reason(OpeningHalf half)
    {
        if (half.Why is { } why && half.Opened == 0) return why;
        if (closed.Version is { IsTls13: true } version && version.Code != ProtocolVersion.Tls13.Code && half.Opened == 0) return $"{version.Name} does not protect its records as RFC 8446 does";
        if (MissingLabel(half) is { } label)
        {
            var held = Array.FindAll(Labels, l => setting.Secrets.Candidates(random.Span, l).Count > 0);
            var isOfAnotherVersion = held.Length > 0 && Array.TrueForAll(held, l => (l == SecretLabel.MasterSecret) == closed.IsTls13);
            return isOfAnotherVersion
                ? $"for this session the key log has {NameOf(held[0])}, which {closed.Version} does not use, but no {NameOf(label)}"
                : $"the key log has no {NameOf(label)} for this session";
        }

        if (half.Opened > 0) return "records could not be decrypted, and bytes before them may be missing";
        return half.WasTried ? "the secret in the key log does not match" : "a hello or a ChangeCipherSpec that its keys depend on is missing";
    }

    /// <summary>The secret that a record needed and the key log lacks; null where it has all.</summary>
    private SecretLabel? MissingLabel(OpeningHalf half)
    {
        if (!closed.IsTls13) return IsMissing(SecretLabel.MasterSecret) ? SecretLabel.MasterSecret : null;
        // A client that was not opened may have begun with early data: its handshake is what is missed.
        if (half is { HasFinished: false } && LabelOf(half.Side, TlsEpoch.Handshake) is { } first && IsMissing(first)) return first;
        return half.Epoch == TlsEpoch.Application && LabelOf(half.Side, TlsEpoch.Application) is { } second && IsMissing(second) ? second : null;

        bool IsMissing(SecretLabel label) => setting.Secrets.Candidates(random.Span, label).Count == 0;
    }

    private static string NameOf(SecretLabel label) => label switch
    {
        SecretLabel.ClientEarlyTraffic => "CLIENT_EARLY_TRAFFIC_SECRET",
        SecretLabel.ClientHandshakeTraffic => "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ServerHandshakeTraffic => "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ClientTraffic => "CLIENT_TRAFFIC_SECRET_0",
        SecretLabel.ServerTraffic => "SERVER_TRAFFIC_SECRET_0",
        _ => "CLIENT_RANDOM",
    };

    /// <summary>Data that a protocol inside tells of is not told twice.</summary>
    private void Settle()
    {
        TakeEarly();
        InnerFacts = inner?.Finish(isClosed: true) ?? [];
        data.RemoveAll(step => InnerFacts.Any(f => f.Steps.Any(s => s.From == step.From)));
        foreach (var half in halves)
        {
            if (half.EarlyBytes == 0 || (!IsEarlyDataRefused && MarkEarly(half))) continue;
            data.Add(new ApplicationDataStep
            {
                From = half.From, First = half.Early.First, Last = half.Early.Last, Bytes = half.EarlyBytes, IsEarly = true, IsRefused = IsEarlyDataRefused, Sight = Sight.Decrypted,
            });
        }
    }

    /// <summary>Marks what the protocol inside read of the early data; false where it read nothing.</summary>
    private bool MarkEarly(OpeningHalf half)
    {
        var isTold = false;
        foreach (var step in InnerFacts.SelectMany(f => f.Steps))
        {
            if (step.From != half.From || step.Last.IsAfter(half.Early.Last)) continue;
            step.IsEarlyData = isTold = true;
        }

        return isTold;
    }

    private static readonly SecretLabel[] Labels =
    [
        SecretLabel.MasterSecret, SecretLabel.ClientEarlyTraffic, SecretLabel.ClientHandshakeTraffic, SecretLabel.ServerHandshakeTraffic,
        SecretLabel.ClientTraffic, SecretLabel.ServerTraffic,
    ];

    private const byte EndOfEarlyDataType = 5;
    private const byte FinishedType = 20;
    private const byte KeyUpdateType = 24;

    // Records that a gap may have swallowed: at 16 KiB each, more than a receive window holds.
    private const int MostMissing = 256;
}
