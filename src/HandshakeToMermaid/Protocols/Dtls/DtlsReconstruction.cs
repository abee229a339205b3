using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Reconstructs a handshake: messages in the order of message_seq, everything else in capture order.</summary>
internal sealed class DtlsReconstruction
{
    private readonly TlsSession session;
    private readonly DtlsHalf[] halves;
    private readonly DtlsDecryption? decryption;
    private readonly FragmentAssembler[] opened;
    private readonly List<(int Order, Action Apply)> parts = [];
    private readonly EncryptedFlightStep?[] finished = new EncryptedFlightStep?[2];
    private readonly bool[] hasFinished = new bool[2];
    private readonly bool isTls13;
    private bool isIncomplete;
    private FrameMark firstClosed;

    public DtlsReconstruction(AnalyzerLimits limits, DtlsHalf[] halves, DtlsDecryption? decryption, bool isTls13)
    {
        this.isTls13 = isTls13;
        this.halves = halves;
        this.decryption = decryption;
        session = new TlsSession(limits);
        opened = [new FragmentAssembler(limits), new FragmentAssembler(limits)];
    }

    public TlsFacts Reconstruct(IReadOnlyList<DtlsEvent> events, List<EncryptedRecordMark> marks, TlsSetting setting, string? why, bool hasConnectionIds, (int Forward, int Reverse) retransmissions)
    {
        foreach (var what in events) parts.Add((what.Order, () => Reconstruct(what)));
        foreach (var record in halves[0].Head.Concat(halves[0].Tail).Concat(halves[1].Head).Concat(halves[1].Tail).OrderBy(r => r.Order)) Take(record);
        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse]) Place(from);
        foreach (var (_, apply) in parts.OrderBy(p => p.Order)) apply();
        Explain(why, hasConnectionIds);
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i].Finished = finished[i];
            isIncomplete |= halves[i].HasGap;
        }

        return new TlsFacts(session, halves[0], halves[1], marks, [], decryption, new HandshakeVerifier(session.Messages, setting.Secrets, isIncomplete, setting.VerifiesHandshakes)) { RepeatedDatagrams = retransmissions };
    }

    /// <summary>Places a direction's messages: none can be read before the ones that were sent before it.</summary>
    private void Place(Direction from)
    {
        var whole = new List<(AssembledMessage Message, Provenance Provenance)>();
        foreach (var message in halves[(int)from].Fragments.Messages) Add(message, Provenance.Clear);
        foreach (var message in opened[(int)from].Messages) Add(message, Provenance.Decrypted);
        var reached = 0;
        ushort? before = null;
        foreach (var (message, provenance) in whole.OrderBy(m => m.Message.Sequence))
        {
            // A server that keeps no state numbers what follows its HelloVerifyRequest from 1, whether that was captured or not.
            if (message.Sequence > (before ?? 0) + 1) halves[(int)from].HasGap = true;
            before = message.Sequence;
            reached = Math.Max(reached, message.CompletedAt);
            parts.Add((reached, () => Reconstruct(from, message, provenance)));
        }

        if (halves[(int)from].Fragments.IsAboveCap || opened[(int)from].IsAboveCap) session.Note(UnparsedReason.Cap, "a handshake message above the size limit, or too many message fragments", default);

        void Add(AssembledMessage message, Provenance provenance)
        {
            if (message.IsWhole)
            {
                whole.Add((message, provenance));
                return;
            }

            halves[(int)from].HasGap = true;
            session.Note(UnparsedReason.Gap, $"fragments of a {DtlsSession.TitleOf(message)} are missing", message.First);
        }
    }

    private void Reconstruct(Direction from, AssembledMessage message, Provenance provenance)
    {
        var raw = message.ToRaw();
        if (isTls13) raw = raw with { Hashed = raw.Bytes };
        session.Message(from, raw, provenance, session.Version ?? new ProtocolVersion(0xFEFD));
        if (message.Type == FinishedType) hasFinished[(int)from] = true;
    }

    private void Reconstruct(DtlsEvent what)
    {
        if (what.Repeated is { } repeated) session.Add(new RetransmissionStep(repeated) { From = what.From, First = what.Mark, Last = what.Mark });
        else if (what.Alert is { } alert) session.Alert(what.From, alert, what.Mark, what.Mark, Provenance.Clear, IsAfterHandshake);
        else session.Add(new ChangeCipherSpecStep { From = what.From, First = what.Mark, Last = what.Mark });
    }

    private bool IsAfterHandshake => (hasFinished[0] || finished[0] is not null) && (hasFinished[1] || finished[1] is not null);

    private void Take(EncryptedDtlsRecord record)
    {
        if (decryption is null || !decryption.TryOpen(record, out var type, out var content))
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
                parts.Add((record.Order, () => session.Alert(from, alert, mark, mark, Provenance.Decrypted, IsAfterHandshake)));
                break;
            case DtlsRecord.ApplicationData:
                decryption.AddData(record, content.Length);
                break;
            case DtlsRecord.Ack when content.Length >= 2:
                parts.Add((record.Order, () => session.Add(new AckStep { From = from, First = mark, Last = mark, Provenance = Provenance.Decrypted, Records = content.Length / RecordNumber })));
                break;
            default:
                break;
        }
    }

    private void Opened(EncryptedDtlsRecord record, ReadOnlySpan<byte> content)
    {
        var hasNew = false;
        AssembledMessage? repeated = null;
        while (!content.IsEmpty)
        {
            if (opened[(int)record.From].Take(ref content, record.Mark, record.Order, out var isNew) is not { } message) continue;
            hasNew |= isNew;
            if (!isNew) repeated ??= message;
        }

        // Up to DTLS 1.2 it was already reported by its length.
        if (hasNew || repeated is null || !record.IsUnified) return;
        var title = DtlsSession.TitleOf(repeated);
        parts.Add((record.Order, () => session.Add(new RetransmissionStep(title) { From = record.From, First = record.Mark, Last = record.Mark, Provenance = Provenance.Decrypted })));
    }

    /// <summary>Reports what is visible of a record that cannot be decrypted; what the lengths reveal in DTLS 1.3 is reported elsewhere.</summary>
    private void Closed(EncryptedDtlsRecord record)
    {
        if (!firstClosed.IsSet && record.Fragment.Length > 0) firstClosed = record.Mark;
        if (decryption is not null && record.Type != DtlsRecord.ApplicationData) isIncomplete = true;
        if (record.IsUnified || record.IsRepeated) return;
        var (from, mark) = (record.From, record.Mark);
        if (record.Type == DtlsRecord.Alert)
        {
            parts.Add((record.Order, () => session.Alert(from, null, mark, mark, Provenance.Clear, IsAfterHandshake)));
            return;
        }

        if (record.Type != DtlsRecord.Handshake) return;
        var isFinished = finished[(int)from] is null;
        var step = new EncryptedFlightStep
        {
            From = from, First = mark, Last = mark, Provenance = Provenance.Inferred, Bytes = record.Length,
            IsFinished = isFinished, Contains = isFinished ? ["finished"] : [], IsProbable = !isFinished,
        };
        finished[(int)from] ??= step;
        parts.Add((record.Order, () => session.Add(step)));
    }

    private void Explain(string? why, bool hasConnectionIds)
    {
        if (!firstClosed.IsSet) return;
        if (decryption is not null)
        {
            why = hasConnectionIds && !isTls13 && !decryption.OpensConnectionIds ? "decryption of CBC records with a connection ID (RFC 9146) is not supported"
                : decryption.Missing is { } missing ? $"the key log has no {missing} for this session"
                : "records could not be decrypted with the secrets of this session";
        }

        if (why is not null) session.Note(UnparsedReason.NoKeys, why, firstClosed);
    }

    private const byte FinishedType = 20;

    /// <summary>Epoch and number of an acknowledged record, eight bytes each.</summary>
    private const int RecordNumber = 16;
}
