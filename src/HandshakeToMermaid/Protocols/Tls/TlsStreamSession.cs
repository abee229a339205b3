using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>
/// Follows TLS over one TCP connection: bytes to records, records to messages (<see cref="RecordContents"/>), and at the end to facts.
/// </summary>
internal sealed class TlsStreamSession : IStreamSession, IRecordReader
{
    private readonly AnalyzerLimits limits;
    private readonly TlsSetting setting;
    private readonly TlsHalf[] halves;
    private readonly TlsSession session;
    private readonly ApplicationDataMarks marks;
    private readonly RecordEncryption encryption;
    private readonly RecordRetention retention;
    private readonly RecordContents contents;

    /// <summary>Begins to follow a connection.</summary>
    /// <param name="limits">The caps.</param>
    /// <param name="keepEncrypted">True to store encrypted records for decryption when secrets arrive.</param>
    public TlsStreamSession(AnalyzerLimits limits, bool keepEncrypted = false)
        : this(new TlsSetting(limits) { MayBringSecrets = keepEncrypted })
    {
    }

    /// <summary>Begins to follow a connection.</summary>
    public TlsStreamSession(TlsSetting setting)
    {
        this.setting = setting;
        limits = setting.Limits;
        session = setting.CreateSession();
        marks = new ApplicationDataMarks(session);
        encryption = new RecordEncryption(session);
        retention = new RecordRetention(setting, session, encryption);
        halves = [new TlsHalf(Direction.Forward, this, limits, setting.Parts), new TlsHalf(Direction.Reverse, this, limits, setting.Parts)];
        contents = new RecordContents(session, halves, marks, encryption, retention);
    }

    /// <summary>The session so far.</summary>
    public TlsSession Session => session;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var half = halves[(int)from];
        var wasLost = half.Records.IsLost;
        half.SeenBytes += bytes.Length;
        half.Records.Push(bytes, mark);
        if (wasLost && half.Foreign.Length is > 0 and < MaxForeign)
        {
            half.Foreign = (byte[])[.. half.Foreign.Span, .. bytes[..Math.Min(bytes.Length, MaxForeign - half.Foreign.Length)]];
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

            // The transport reports its own gaps.
            if (gap.Kind == GapKind.CapReached) session.Note(UnparsedReason.Cap, setting.IsInsideTls ? "part of what passes through the tunnel was not stored" : "too much data before TLS, or out of order", gap.Mark);
        }

        half.Records.Gap(gap);
        half.HasLostRecords |= half.Records.IsLost;
        half.Handshake.Lose();
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from)
    {
        var half = halves[(int)from];
        // With secrets the end is decrypted, however late it comes: meanwhile only record headers are read.
        if (retention.IsKnown) return false;
        if (half.DataBytes >= limits.FollowedDataBytes) return true;
        return !setting.MayBringSecrets && half.DataRecords > 0 && session.IsTls13 && (half.DataRecords >= ApplicationDataMarks.MostRecords || marks.IsOver13(from));
    }

    /// <summary>True once both sides have sent a ChangeCipherSpec.</summary>
    internal bool HasChangedCiphers => halves[0].HasChangedCipher && halves[1].HasChangedCipher;

    /// <summary>True where the content of application data may be of use: secrets are known or may come, or nothing is encrypted.</summary>
    internal bool KeepsApplicationData => retention.KeepsApplicationData;

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
        if (KeepsApplicationData) half.Encrypted.Skip(omission.Units, end, omission.Length);
        marks.Add(from, half, omission.Units, omission.Length, omission.First, omission.Last);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed)
    {
        if (isClosed) foreach (var half in halves) half.Records.Finish();
        foreach (var half in halves)
        {
            if (half.Handshake.IsAboveCap) session.Note(UnparsedReason.Cap, $"a handshake message larger than {limits.HandshakeMessageBytes} bytes", default);
        }

        IReadOnlyList<EncryptedEntry> entries = halves[0].Encrypted.IsEmpty && halves[1].Encrypted.IsEmpty ? [] : [.. halves.SelectMany(h => h.Encrypted.Entries).OrderBy(e => e.Record.Order)];
        if (!retention.KeepsEncrypted && !encryption.IsNull && (marks.All.Count > 0 || halves[0].Finished is not null || halves[1].Finished is not null))
        {
            if (!setting.LacksSecrets) session.Note(UnparsedReason.NoKeys, DecryptionReport.NoSecret(session, setting.Secrets), marks.All.Count > 0 ? marks.All[0].First : default);
        }

        var decryption = TlsDecryption.Run(session, entries, setting);
        var reported = decryption?.Session ?? session;
        var isIncomplete = !isClosed || halves[0].HasGap || halves[1].HasGap || decryption is { IsIncomplete: true };
        var facts = new TlsFacts(reported, halves[0], halves[1], marks.All, entries, decryption, new HandshakeVerifier(reported.Messages, setting.Secrets, isIncomplete, setting.VerifiesHandshakes)) { Carrier = setting.Carrier, HasAcknowledgedFragments = setting.Carrier is not null, CarriesTls = decryption is not null && decryption.InnerFacts.Any(static f => f.Span?.Phase == Phase.InnerTls) };
        return [facts, .. decryption?.InnerFacts ?? []];
    }

    bool IRecordReader.Wants(Direction from, ContentType type, int length)
    {
        if (type != ContentType.ApplicationData) return true;
        if (!retention.KeepsEncrypted && !encryption.IsNull) return false;
        return halves[(int)from].Encrypted.Wants(length, isData: true) || encryption.IsChained;
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

        // Joined inside a record: already reported.
        if (half is { RecordCount: 0, JoinedMidway: true }) return;
        session.Note(UnparsedReason.Fault, half.RecordCount == 0 ? "the data is not TLS" : "the data that follows is not a TLS record", mark);
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
        contents.Read(from, half, record);
    }

    private const int MaxForeign = 64;
}
