using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>
/// Follows TLS over one TCP connection: records to messages, what is readable and what is sealed. Up to TLS 1.2 a
/// ChangeCipherSpec seals its direction; in TLS 1.3 every record of type application_data is sealed and a
/// ChangeCipherSpec means nothing.
/// </summary>
public sealed class TlsDialogue : IStreamSession, IRecordReader
{
    private readonly AnalyzerLimits limits;
    private readonly TlsSetting setting;
    private readonly TlsHalf[] halves;
    private readonly TlsConversation talk;
    private readonly ApplicationDataMarks marks;
    private readonly RecordEncryption encryption;
    private int secretsSeen = -1;
    private bool isKnown;

    /// <summary>Begins to follow a connection.</summary>
    /// <param name="limits">The caps.</param>
    /// <param name="keepSealed">True to keep encrypted records, so that they can be opened when secrets arrive.</param>
    public TlsDialogue(AnalyzerLimits limits, bool keepSealed = false)
        : this(new TlsSetting(limits) { MayBringSecrets = keepSealed })
    {
    }

    /// <summary>Begins to follow a connection.</summary>
    public TlsDialogue(TlsSetting setting)
    {
        this.setting = setting;
        limits = setting.Limits;
        talk = new TlsConversation(limits, setting.Parts);
        marks = new ApplicationDataMarks(talk);
        encryption = new RecordEncryption(talk);
        halves = [new TlsHalf(Direction.Forward, this, limits, setting.Parts), new TlsHalf(Direction.Reverse, this, limits, setting.Parts)];
    }

    /// <summary>What was said so far.</summary>
    public TlsConversation Conversation => talk;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var half = halves[(int)from];
        var wasLost = half.Records.IsLost;
        half.SeenBytes += bytes.Length;
        half.Records.Push(bytes, mark);
        if (wasLost && half.Foreign.Length is > 0 and < MostForeign)
        {
            half.Foreign = (byte[])[.. half.Foreign.Span, .. bytes[..Math.Min(bytes.Length, MostForeign - half.Foreign.Length)]];
        }
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        var half = halves[(int)from];
        if (half.DataRecords == 0)
        {
            half.HasGap |= gap.Kind != GapKind.JoinedMidway;
            half.HasCaptureGap |= gap.Kind is not (GapKind.JoinedMidway or GapKind.LostOnPath);
            half.JoinedMidway |= gap.Kind == GapKind.JoinedMidway;

            // What the transport lacks it says itself.
            if (gap.Kind == GapKind.CapReached) talk.Note(UnreadKind.Cap, "too much data before TLS, or out of order", gap.Mark);
        }

        half.Records.Gap(gap);
        half.HasLostRecords |= half.Records.IsLost;
        half.Handshake.Lose();
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from)
    {
        var half = halves[(int)from];
        // Whoever has the secrets sees how it ends, however long it takes: only the headers of records are looked at meanwhile.
        if (IsKnown) return false;
        if (half.DataBytes >= limits.FollowedDataBytes) return true;
        return !setting.MayBringSecrets && half.DataRecords > 0 && talk.IsTls13 && (half.DataRecords >= ApplicationDataMarks.MostRecords || marks.IsOver13(from));
    }

    /// <summary>True where the content of application data may be of use: secrets are known or may come, or nothing is encrypted.</summary>
    internal bool KeepsApplicationData => KeepsSealed || (encryption.IsNull && setting.Inner is not null);

    /// <summary>True where the end of each record is the IV of the next one.</summary>
    internal bool NeedsRecordEnds => encryption.IsChained;

    /// <summary>Counts records of application data without their content.</summary>
    internal void Count(Direction from, in StreamOmission omission) => marks.Add(from, halves[(int)from], omission.Units, omission.Length, omission.First, omission.Last);

    /// <inheritdoc/>
    public void Omitted(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end)
    {
        if (IsSatisfied(from)) return;
        var half = halves[(int)from];
        half.SeenBytes += omission.Length;
        half.RecordCount += omission.Units;
        if (KeepsApplicationData) half.Sealed.Skip(omission.Units, end, omission.Length);
        marks.Add(from, half, omission.Units, omission.Length, omission.First, omission.Last);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed)
    {
        if (isClosed) foreach (var half in halves) half.Records.Finish();
        foreach (var half in halves)
        {
            if (half.Handshake.IsAboveCap) talk.Note(UnreadKind.Cap, $"a handshake message larger than {limits.HandshakeMessageBytes} bytes", default);
        }

        IReadOnlyList<SealedEntry> entries = halves[0].Sealed.IsEmpty && halves[1].Sealed.IsEmpty ? [] : [.. halves.SelectMany(h => h.Sealed.Entries).OrderBy(e => e.Record.Order)];
        if (!KeepsSealed && !encryption.IsNull && (marks.All.Count > 0 || halves[0].Finished is not null || halves[1].Finished is not null))
        {
            if (!setting.Secrets.IsEmpty) talk.Note(UnreadKind.NoKeys, DecryptionReport.NoSecret(talk.ClientHello), marks.All.Count > 0 ? marks.All[0].First : default);
        }

        var opening = TlsOpening.Run(talk, entries, setting);
        var told = opening?.Conversation ?? talk;
        var isIncomplete = !isClosed || halves[0].HasGap || halves[1].HasGap || opening is { IsIncomplete: true };
        var facts = new TlsFacts(told, halves[0], halves[1], marks.All, entries, opening, new HandshakeProofs(told.Messages, setting.Secrets, isIncomplete));
        return [facts, .. opening?.InnerFacts ?? []];
    }

    bool IRecordReader.Wants(Direction from, ContentType type, int length)
    {
        if (type != ContentType.ApplicationData) return true;
        if (!KeepsSealed && !encryption.IsNull) return false;
        return halves[(int)from].Sealed.Wants(length, isData: true) || encryption.IsChained;
    }

    void IRecordReader.Lost(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var half = halves[(int)from];
        half.Handshake.Lose();
        half.HasLostRecords = true;
        if (bytes.IsEmpty) return;
        if (half.Foreign.IsEmpty)
        {
            half.Foreign = bytes.ToArray();
            half.ForeignMark = mark;
        }

        // Joined inside a record: that is said already.
        if (half is { RecordCount: 0, JoinedMidway: true }) return;
        talk.Note(UnreadKind.Fault, half.RecordCount == 0 ? "the data is not TLS" : "the data that follows is not a TLS record", mark);
    }

    void IRecordReader.Resumed(Direction from, FrameMark mark)
    {
    }

    void IRecordReader.Record(Direction from, in TlsRecord record)
    {
        // What comes behind the end of interest is left out here as well: how the stream was cut must not show.
        if (IsSatisfied(from)) return;
        var half = halves[(int)from];
        half.RecordCount++;
        if (record.IsSsl2)
        {
            Ssl2(from, half, record);
            return;
        }

        switch (record.Type.Code)
        {
            case 20:
                ChangeCipherSpec(from, half, record);
                break;
            case 21:
                Alert(from, half, record);
                break;
            case 22:
                if (encryption.IsEncryptedHandshake(half, record.Fragment)) SealedHandshake(from, half, record);
                else ClearHandshake(from, half, record, record.Fragment);
                break;
            case 23:
                Data(from, half, record);
                break;
            case 24:
                Heartbeat(from, half, record);
                break;
            default:
                break;
        }
    }

    private void Ssl2(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (record.IsCut) return;
        var type = record.Fragment.IsEmpty ? (byte)0 : record.Fragment[0];
        if (!half.IsSsl2Sealed && type is 1 or 2 or 4)
        {
            // The client's key is the last thing said in the clear (only error and certificate messages could be, too).
            if (type == 2) halves[0].IsSsl2Sealed = halves[1].IsSsl2Sealed = true;
            talk.Ssl2Message(from, record.Fragment.ToArray(), record.First, record.Last);
            return;
        }

        half.DataRecords++;
        if (!half.FirstData.IsSet) half.FirstData = record.Last;
    }

    private void ChangeCipherSpec(Direction from, TlsHalf half, in TlsRecord record)
    {
        // Up to TLS 1.2 a second one is itself encrypted and belongs to a renegotiation.
        if (half.HasChangedCipher && !talk.IsTls13)
        {
            Keep(from, half, record, talk.Steps.Count);
            return;
        }

        half.HasChangedCipher = true;
        talk.Add(new ChangeCipherSpecStep { From = from, First = record.First, Last = record.Last });
    }

    private void Alert(Direction from, TlsHalf half, in TlsRecord record)
    {
        var after = half.DataRecords > 0 || (halves[0].Finished is not null && halves[1].Finished is not null);
        var fragment = record.Fragment;
        if (half.HasChangedCipher && !talk.IsTls13 && encryption.IsNull) fragment = encryption.WithoutMac(fragment);
        else if (encryption.IsEncryptedAlert(half, fragment))
        {
            // That an alert went by is seen; which one is not.
            var position = talk.Steps.Count;
            talk.Alert(from, null, record.First, record.Last, Sight.Clear, after);
            Keep(from, half, record, position, talk.Steps.Count > position ? talk.Steps[position] : null);
            return;
        }

        for (; fragment.Length >= 2; fragment = fragment[2..])
        {
            var alert = new Alert(new AlertLevel(fragment[0]), new AlertDescription(fragment[1]));
            talk.Alert(from, alert, record.First, record.Last, Sight.Clear, after);
        }
    }

    private void ClearHandshake(Direction from, TlsHalf half, in TlsRecord record, ReadOnlySpan<byte> fragment)
    {
        if (half.Handshake.IsLost && !half.Handshake.TryResume(fragment)) return;
        var start = 0;
        var pieces = record.Pieces;
        for (var i = 0; start < fragment.Length; i++)
        {
            var mark = i < pieces.Length ? pieces[i].Mark : record.Last;
            var end = i < pieces.Length - 1 ? Math.Clamp(pieces[i].End, start, fragment.Length) : fragment.Length;
            var bytes = fragment[start..end];
            while (!bytes.IsEmpty)
            {
                if (half.Handshake.TryTake(ref bytes, mark, out var message)) talk.Message(from, message, Sight.Clear, record.Version);
            }

            start = end;
        }

        if (record.IsCut) half.Handshake.Lose();
    }

    private void SealedHandshake(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (encryption.IsNull && half.HasChangedCipher)
        {
            ClearHandshake(from, half, record, encryption.WithoutMac(record.Fragment));
            return;
        }

        var step = new EncryptedFlightStep
        {
            From = from, First = record.First, Last = record.Last, Sight = Sight.Inferred, Bytes = record.Length,
            IsFinished = half.Finished is null, Contains = half.Finished is null ? ["finished"] : [], IsProbable = half.Finished is not null,
        };
        half.Finished ??= step;
        Keep(from, half, record, talk.Steps.Count, step);
        talk.Add(step);
    }

    private void Data(Direction from, TlsHalf half, in TlsRecord record)
    {
        Keep(from, half, record, talk.Steps.Count);
        marks.Add(from, half, 1, record.Length, record.First, record.Last);
    }

    private void Heartbeat(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (encryption.IsEncryptedAlert(half, record.Fragment) || record.Fragment.Length < 3)
        {
            Keep(from, half, record, talk.Steps.Count);
            return;
        }

        talk.Add(new HeartbeatStep
        {
            From = from, First = record.First, Last = record.Last, Kind = record.Fragment[0],
            DeclaredLength = (record.Fragment[1] << 8) | record.Fragment[2], HeldLength = record.Fragment.Length - 3,
        });
    }

    private void Keep(Direction from, TlsHalf half, in TlsRecord record, int position, Step? placeholder = null)
    {
        if (!KeepsApplicationData) return;
        if (record.IsCut || record.Fragment.Length != record.Length)
        {
            half.Sealed.Skip(1, record.Fragment, record.Length);
            return;
        }

        var kept = new SealedRecord(from, record.Type, record.Version, record.Fragment.ToArray(), record.First, record.Last, talk.NextOrder());
        half.Sealed.Add(kept, position, placeholder, half.HasLostRecords);
        half.HasLostRecords = false;
    }

    /// <summary>True where the encrypted records may be of use.</summary>
    private bool KeepsSealed => setting.MayBringSecrets || IsKnown || (talk.ClientHello is null && !setting.Secrets.IsEmpty);

    /// <summary>True where secrets of this session are known.</summary>
    private bool IsKnown
    {
        get
        {
            if (isKnown || talk.ClientHello is not { } hello || secretsSeen == setting.Secrets.Version) return isKnown;
            secretsSeen = setting.Secrets.Version;
            return isKnown = setting.Secrets.Knows(hello.SessionRandom.Span);
        }
    }

    private const int MostForeign = 64;
}
