using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Tells a handshake from what came of it: messages by their numbers, everything else by its place in the capture.</summary>
internal sealed class DtlsTelling
{
    private readonly TlsConversation talk;
    private readonly DtlsHalf[] halves;
    private readonly DtlsOpening? opening;
    private readonly FragmentAssembler[] opened;
    private readonly List<(int Order, Action Tell)> parts = [];
    private readonly EncryptedFlightStep?[] finished = new EncryptedFlightStep?[2];
    private readonly bool[] hasFinished = new bool[2];
    private readonly bool isTls13;
    private bool isIncomplete;
    private FrameMark firstClosed;

    public DtlsTelling(AnalyzerLimits limits, DtlsHalf[] halves, DtlsOpening? opening, bool isTls13)
    {
        this.isTls13 = isTls13;
        this.halves = halves;
        this.opening = opening;
        talk = new TlsConversation(limits);
        opened = [new FragmentAssembler(limits), new FragmentAssembler(limits)];
    }

    public TlsFacts Tell(IReadOnlyList<DtlsEvent> events, List<SealedMark> marks, SecretStore secrets, string? why, bool hasConnectionIds, (int Forward, int Reverse) retransmissions)
    {
        foreach (var what in events) parts.Add((what.Order, () => Tell(what)));
        foreach (var record in halves[0].Head.Concat(halves[0].Tail).Concat(halves[1].Head).Concat(halves[1].Tail).OrderBy(r => r.Order)) Take(record);
        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse]) Place(from);
        foreach (var (_, tell) in parts.OrderBy(p => p.Order)) tell();
        Explain(why, hasConnectionIds);
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i].Finished = finished[i];
            isIncomplete |= halves[i].HasGap;
        }

        return new TlsFacts(talk, halves[0], halves[1], marks, [], opening, new HandshakeProofs(talk.Messages, secrets, isIncomplete)) { RepeatedDatagrams = retransmissions };
    }

    /// <summary>Places a direction's messages: none can be read before the ones that were sent before it.</summary>
    private void Place(Direction from)
    {
        var whole = new List<(AssembledMessage Message, Sight Sight)>();
        foreach (var message in halves[(int)from].Fragments.Messages) Add(message, Sight.Clear);
        foreach (var message in opened[(int)from].Messages) Add(message, Sight.Decrypted);
        var reached = 0;
        ushort? before = null;
        foreach (var (message, sight) in whole.OrderBy(m => m.Message.Sequence))
        {
            // A server that keeps no state numbers what follows its HelloVerifyRequest from 1, whether that was captured or not.
            if (message.Sequence > (before ?? 0) + 1) halves[(int)from].HasGap = true;
            before = message.Sequence;
            reached = Math.Max(reached, message.CompletedAt);
            parts.Add((reached, () => Tell(from, message, sight)));
        }

        if (halves[(int)from].Fragments.IsAboveCap || opened[(int)from].IsAboveCap) talk.Note(UnreadKind.Cap, "a handshake message above the size limit, or too many message fragments", default);

        void Add(AssembledMessage message, Sight sight)
        {
            if (message.IsWhole)
            {
                whole.Add((message, sight));
                return;
            }

            halves[(int)from].HasGap = true;
            talk.Note(UnreadKind.Gap, $"fragments of a {DtlsDialogue.TitleOf(message)} are missing", message.First);
        }
    }

    private void Tell(Direction from, AssembledMessage message, Sight sight)
    {
        var raw = message.ToRaw();
        if (isTls13) raw = raw with { Hashed = raw.Bytes };
        talk.Message(from, raw, sight, talk.Version ?? new ProtocolVersion(0xFEFD));
        if (message.Type == FinishedType) hasFinished[(int)from] = true;
    }

    private void Tell(DtlsEvent what)
    {
        if (what.Repeated is { } repeated) talk.Add(new RetransmissionStep(repeated) { From = what.From, First = what.Mark, Last = what.Mark });
        else if (what.Alert is { } alert) talk.Alert(what.From, alert, what.Mark, what.Mark, Sight.Clear, IsAfterHandshake);
        else talk.Add(new ChangeCipherSpecStep { From = what.From, First = what.Mark, Last = what.Mark });
    }

    private bool IsAfterHandshake => (hasFinished[0] || finished[0] is not null) && (hasFinished[1] || finished[1] is not null);

    private void Take(SealedDtlsRecord record)
    {
        if (opening is null || !opening.TryOpen(record, out var type, out var content))
        {
            Closed(record);
            return;
        }

        var (from, mark) = (record.From, record.Mark);
        switch (type)
        {
            case DtlsRecord.Handshake:
                Opened(record, content);
                break;
            case DtlsRecord.Alert when content.Length >= 2:
                var alert = new Alert(new AlertLevel(content[0]), new AlertDescription(content[1]));
                parts.Add((record.Order, () => talk.Alert(from, alert, mark, mark, Sight.Decrypted, IsAfterHandshake)));
                break;
            case DtlsRecord.ApplicationData:
                opening.AddData(record, content.Length);
                break;
            case DtlsRecord.Ack when content.Length >= 2:
                parts.Add((record.Order, () => talk.Add(new AckStep { From = from, First = mark, Last = mark, Sight = Sight.Decrypted, Records = content.Length / RecordNumber })));
                break;
            default:
                break;
        }
    }

    private void Opened(SealedDtlsRecord record, ReadOnlySpan<byte> content)
    {
        var hasNew = false;
        AssembledMessage? repeated = null;
        while (!content.IsEmpty)
        {
            if (opened[(int)record.From].Take(ref content, record.Mark, record.Order, out var isNew) is not { } message) continue;
            hasNew |= isNew;
            if (!isNew) repeated ??= message;
        }

        // Up to DTLS 1.2 it was told by its length already.
        if (hasNew || repeated is null || !record.IsUnified) return;
        var title = DtlsDialogue.TitleOf(repeated);
        parts.Add((record.Order, () => talk.Add(new RetransmissionStep(title) { From = record.From, First = record.Mark, Last = record.Mark, Sight = Sight.Decrypted })));
    }

    /// <summary>Tells what can be seen of a record that stays closed: what is told by lengths in DTLS 1.3 is told elsewhere.</summary>
    private void Closed(SealedDtlsRecord record)
    {
        if (!firstClosed.IsSet && record.Fragment.Length > 0) firstClosed = record.Mark;
        if (opening is not null && record.Type != DtlsRecord.ApplicationData) isIncomplete = true;
        if (record.IsUnified || record.IsRepeated) return;
        var (from, mark) = (record.From, record.Mark);
        if (record.Type == DtlsRecord.Alert)
        {
            parts.Add((record.Order, () => talk.Alert(from, null, mark, mark, Sight.Clear, IsAfterHandshake)));
            return;
        }

        if (record.Type != DtlsRecord.Handshake) return;
        var isFinished = finished[(int)from] is null;
        var step = new EncryptedFlightStep
        {
            From = from, First = mark, Last = mark, Sight = Sight.Inferred, Bytes = record.Length,
            IsFinished = isFinished, Contains = isFinished ? ["finished"] : [], IsProbable = !isFinished,
        };
        finished[(int)from] ??= step;
        parts.Add((record.Order, () => talk.Add(step)));
    }

    private void Explain(string? why, bool hasConnectionIds)
    {
        if (!firstClosed.IsSet) return;
        if (opening is not null)
        {
            why = hasConnectionIds && !isTls13 ? "decryption of records with a connection ID (RFC 9146) is not supported"
                : opening.Missing is { } missing ? $"the key log has no {missing} for this session"
                : "records could not be decrypted with the secrets of this session";
        }

        if (why is not null) talk.Note(UnreadKind.NoKeys, why, firstClosed);
    }

    private const byte FinishedType = 20;

    /// <summary>Epoch and number of an acknowledged record, eight bytes each.</summary>
    private const int RecordNumber = 16;
}
