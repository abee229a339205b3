using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>
/// One reading of a DTLS flow (RFC 6347, RFC 9147). Datagrams come in any order, so they are sorted first and put together then. Other protocols'
/// datagrams on the flow are skipped.
/// </summary>
/// <param name="setting">The caps and the secrets.</param>
internal sealed class DtlsSession(TlsSetting setting)
{
    private readonly DtlsHalf[] halves = [new(setting.Limits), new(setting.Limits)];
    private readonly List<DtlsEvent> events = [];
    private readonly List<EncryptedRecordMark> marks = [];
    private readonly int[] retransmissions = new int[2];
    private ClientHello? hello;
    private ServerHello? answer;
    private Direction? client;
    private int order;
    private bool isKnown;
    private int secretsSeen = -1;
    private bool hasConnectionIds;

    /// <summary>Reads a flow.</summary>
    public IReadOnlyList<ProtocolFacts> Read(RecordedUdpFlow flow)
    {
        foreach (var datagram in flow.Datagrams) Take(datagram);
        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            var omitted = flow.OmittedOf(from);
            halves[(int)from].RecordCount += omitted.Units;
            halves[(int)from].DataRecords += omitted.Units;
            halves[(int)from].DataBytes += omitted.Length;
        }

        return Reconstruct();
    }

    private void Take(RecordedDatagram datagram)
    {
        var (from, mark) = (datagram.From, datagram.Mark);
        var payload = datagram.Payload.Span;
        var wireLength = datagram.Length;
        var half = halves[(int)from];
        string? repeated = null;
        var hasNew = false;
        var isFirst = true;
        while (DtlsRecord.TryRead(ref payload, ref wireLength, half.ConnectionIdLength, out var record))
        {
            if (half.IsCopy(in record))
            {
                // The frame was captured twice.
                if (isFirst) return;
                continue;
            }

            isFirst = false;
            half.RecordCount++;
            hasNew |= Take(from, half, in record, mark, ref repeated);
        }

        if (hasNew || repeated is null) return;
        retransmissions[(int)from]++;
        if (events.Count < setting.Limits.MessagesPerConnection) events.Add(new DtlsEvent(order, from, mark, null, repeated));
    }

    /// <summary>Takes a record; true where it brought something that is no repetition.</summary>
    private bool Take(Direction from, DtlsHalf half, in DtlsRecord record, FrameMark mark, ref string? repeated)
    {
        order++;
        if (record.IsUnified || record.Epoch > 0) return Encrypted(from, half, in record, mark, ref repeated);
        if (record.IsCut)
        {
            half.HasGap = true;
            return true;
        }

        switch (record.Type)
        {
            case DtlsRecord.ChangeCipherSpec:
                if (half.HasChangedCipher)
                {
                    repeated ??= "ChangeCipherSpec";
                    return false;
                }

                half.HasChangedCipher = true;
                Note(new DtlsEvent(order, from, mark, null, null));
                return true;
            case DtlsRecord.Alert when record.Fragment.Length >= 2:
                Note(new DtlsEvent(order, from, mark, new Alert(new AlertLevel(record.Fragment[0]), new AlertDescription(record.Fragment[1])), null));
                return true;
            case DtlsRecord.Handshake:
                return Handshake(from, half, record.Fragment, mark, ref repeated);
            default:
                return true;
        }
    }

    private bool Handshake(Direction from, DtlsHalf half, ReadOnlySpan<byte> content, FrameMark mark, ref string? repeated)
    {
        var hasNew = false;
        while (!content.IsEmpty)
        {
            var message = half.Fragments.Take(ref content, mark, order, out var isNew);
            if (message is null) continue;
            hasNew |= isNew;
            if (!isNew) repeated ??= TitleOf(message);
            else if (message.IsWhole) Learn(from, message);
        }

        return hasNew;
    }

    /// <summary>Remembers what is needed while datagrams come: whose session it is, and how records are to be read.</summary>
    private void Learn(Direction from, AssembledMessage message)
    {
        if (message.Type == ClientHelloType)
        {
            client ??= from;
            hello ??= ClientHello.Read(message.ToRaw().Body);
        }

        if (message.Type == ServerHelloType && HandshakeMessage.Read(new HandshakeType(ServerHelloType), message.ToRaw().Body, MessageContext.Initial) is ServerHello { IsHelloRetryRequest: false } said)
        {
            client ??= from.Opposite();
            answer ??= said;
        }

        if (hello is null || answer is null) return;
        if (ConnectionIdOf(hello.Extensions) is not { } theirs || ConnectionIdOf(answer.Extensions) is not { } ours) return;

        // A side announces the connection ID that its peer must send (RFC 9146 section 3).
        hasConnectionIds = true;
        halves[(int)client!.Value].ConnectionIdLength = ours;
        halves[1 - (int)client.Value].ConnectionIdLength = theirs;
    }

    private bool Encrypted(Direction from, DtlsHalf half, in DtlsRecord record, FrameMark mark, ref string? repeated)
    {
        var isRepeated = false;
        if (!record.IsUnified && record.Type == DtlsRecord.Handshake)
        {
            if (half.FinishedLength < 0) half.FinishedLength = record.Length;
            else isRepeated = half.FinishedLength == record.Length && half.DataRecords == 0;
            if (isRepeated) repeated ??= "encrypted finished";
        }

        if (record.IsUnified || record.Type is DtlsRecord.ApplicationData or DtlsRecord.WithConnectionId)
        {
            if (half.DataRecords++ == 0) half.FirstData = mark;
            half.DataBytes += record.Length;
            if (half.DataRecords <= MaxMarks) marks.Add(new EncryptedRecordMark(from, record.Length, mark, mark, answer is not null));
        }

        half.Add(
            new EncryptedDtlsRecord
            {
                From = from, Type = record.Type, Version = record.Version, Epoch = record.Epoch, Sequence = record.Sequence, IsUnified = record.IsUnified,
                NumberOffset = record.NumberOffset, NumberLength = record.NumberLength, Length = record.Length, Mark = mark, Order = order, IsRepeated = isRepeated,
            },
            in record,
            KeepsEncrypted);
        return !isRepeated;
    }

    private void Note(DtlsEvent what)
    {
        if (events.Count < setting.Limits.MessagesPerConnection) events.Add(what);
    }

    /// <summary>True where the encrypted records may be of use.</summary>
    private bool KeepsEncrypted => setting.AwaitsSecrets(answer?.CipherSuite) || IsKnown || (hello is null && !setting.Secrets.IsEmpty);

    private bool IsKnown
    {
        get
        {
            if (isKnown || hello is null || secretsSeen == setting.Secrets.Version) return isKnown;
            secretsSeen = setting.Secrets.Version;
            return isKnown = setting.Secrets.Knows(hello.SessionRandom.Span);
        }
    }

    /// <summary>Puts together what came, in the order in which a reader could have read it.</summary>
    private IReadOnlyList<ProtocolFacts> Reconstruct()
    {
        var exchange = setting.PrivateKeys is null ? null : Exchange();
        using var decryption = DtlsDecryption.Begin(setting, hello, answer, client ?? Direction.Forward, exchange, out var why);
        var reconstruction = new DtlsReconstruction(setting.Limits, halves, decryption, answer is { Version.IsTls13: true });
        return [reconstruction.Reconstruct(events, marks, setting, why, hasConnectionIds, (retransmissions[0], retransmissions[1]))];
    }

    /// <summary>Derives secrets from the cleartext messages with the private keys: those of both directions in the order in which they were complete.</summary>
    private RsaKeyExchange? Exchange()
    {
        var session = setting.CreateSession();
        var messages = new List<(int Order, Direction From, AssembledMessage Message)>();
        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            var reached = 0;
            foreach (var message in halves[(int)from].Fragments.Messages.Where(static m => m.IsWhole).OrderBy(static m => m.Sequence))
            {
                messages.Add((reached = Math.Max(reached, message.CompletedAt), from, message));
            }
        }

        foreach (var (_, from, message) in messages.OrderBy(static m => m.Order)) session.Message(from, message.ToRaw(), Provenance.Clear, session.Version ?? new ProtocolVersion(0xFEFD));
        return session.KeyExchange;
    }

    internal static string TitleOf(AssembledMessage message) =>
        MessageWordsCatalog.TitleOf(new HandshakeType(message.Type));

    private static int? ConnectionIdOf(Tls.Codec.Extensions.ExtensionList extensions)
    {
        foreach (var extension in extensions)
        {
            if (extension.Type.Code == ConnectionIdType && extension.Data.Length > 0) return extension.Data.Span[0];
        }

        return null;
    }

    private const byte ClientHelloType = 1;
    private const byte ServerHelloType = 2;
    private const int ConnectionIdType = 54;
    private const int MaxMarks = 64;
}
