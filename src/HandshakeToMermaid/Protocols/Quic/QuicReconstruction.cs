using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Decrypts the stored packets of a connection and decodes their frames.</summary>
internal sealed class QuicReconstruction : IDecryptedRecords, IDisposable
{
    private readonly TlsSetting setting;
    private readonly RecordedUdpFlow flow;
    private readonly QuicHalf[] halves;
    private readonly TlsSession session;
    private readonly Dictionary<(QuicPacketType Level, Direction From), CryptoStream> streams = [];
    private readonly Dictionary<(QuicVersion Version, string Destination, bool IsClient), QuicKeys?> initials = [];
    private readonly Dictionary<(QuicPacketType Level, Direction From, QuicVersion Version), List<QuicKeys>> secrets = [];
    private readonly List<byte[]> destinations = [];
    private readonly List<QuicStep> steps = [];
    private readonly List<QuicClose> closes = [];
    private readonly List<Step> data = [];
    private readonly bool[] isOpened = new bool[2];
    private readonly bool[] hasData = new bool[2];
    private readonly int[] idLengths = [-1, -1];
    private QuicVersion version;
    private FrameMark firstClosed;
    private int closedPackets;

    public QuicReconstruction(TlsSetting setting, RecordedUdpFlow flow, QuicHalf[] halves)
    {
        this.setting = setting;
        this.flow = flow;
        this.halves = halves;
        session = new TlsSession(setting.Limits, setting.Parts);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Step> DataSteps => data;

    /// <inheritdoc/>
    public bool IsOpened(Direction from) => isOpened[(int)from];

    /// <inheritdoc/>
    public bool HasData(Direction from) => hasData[(int)from];

    /// <summary>Tells everything.</summary>
    public IReadOnlyList<ProtocolFacts> Reconstruct(List<RecordedPacket> packets)
    {
        foreach (var packet in packets) Learn(packet);
        var closed = packets.Where(p => p.Type is not (QuicPacketType.Retry or QuicPacketType.VersionNegotiation)).ToList();
        foreach (var packet in packets.Except(closed)) Note(packet);

        // A packet may have overtaken the one its keys derive from: as long as some are decrypted, others may be.
        for (var before = -1; before != closed.Count;)
        {
            before = closed.Count;
            closed = [.. closed.Where(packet => !TryReconstruct(packet))];
        }

        foreach (var group in closed.GroupBy(p => (p.Type, p.From)).OrderBy(g => g.First().Mark.Frame)) Closed(group.Key.Type, group.Key.From, [.. group]);
        foreach (var ((_, from), stream) in streams)
        {
            halves[(int)from].HasGap |= stream.HasHole;
            if (stream.IsAboveCap) session.Note(UnparsedReason.Cap, "too much handshake data out of order", default);
        }

        Explain();
        var isIncomplete = halves[0].HasGap || halves[1].HasGap || closed.Exists(p => p.Type == QuicPacketType.Handshake && isOpened[(int)p.From]);
        var tls = new TlsFacts(session, halves[0], halves[1], [], [], this, new HandshakeVerifier(session.Messages, setting.Secrets, isIncomplete, setting.VerifiesHandshakes)) { Carrier = version.Name };
        return [new QuicFacts(version, halves, steps, closes, session), tls];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var keys in initials.Values) keys?.Dispose();
        foreach (var keys in secrets.Values.SelectMany(k => k)) keys.Dispose();
    }

    /// <summary>Stores connection IDs: Initial keys derive from the client's first ones, and short headers do not carry the length of theirs (RFC 9000 section 17.3).</summary>
    private void Learn(RecordedPacket packet)
    {
        if (packet.Type == QuicPacketType.OneRtt) return;
        if (packet.Source.Length > 0 || packet.Type != QuicPacketType.VersionNegotiation) idLengths[(int)packet.From] = packet.Source.Length;
        if (packet.Type != QuicPacketType.Initial) return;
        if (!version.IsKnown || packet.From != Direction.Forward) version = packet.Version;
        if (destinations.Count < MaxDestinations && !destinations.Exists(d => d.AsSpan().SequenceEqual(packet.Destination))) destinations.Add(packet.Destination);
    }

    /// <summary>What is not encrypted: a Retry and a Version Negotiation.</summary>
    private void Note(RecordedPacket packet)
    {
        var facts = new List<StepFact>();
        if (packet.Type == QuicPacketType.Retry)
        {
            facts.Add(new StepFact(Detail.Normal, "", "address validation"));
            if (HasFalseTag(packet)) facts.Add(new StepFact(Detail.Brief, "", "invalid integrity tag"));
        }
        else
        {
            var offered = new List<string>();
            for (var at = packet.NumberOffset; at + 4 <= packet.Bytes.Length; at += 4)
            {
                var one = new QuicVersion(BinaryPrimitives.ReadUInt32BigEndian(packet.Bytes.AsSpan(at)));
                if (one.Name != "QUIC reserved version") offered.Add(one.Name);
            }

            facts.Add(new StepFact(Detail.Normal, "offers", string.Join(", ", offered.Take(MaxVersions))));
        }

        var (title, explanation) = packet.Type == QuicPacketType.Retry
            ? ("Retry", "checks the client's address first") : ("Version Negotiation", "names the versions that it supports");
        steps.Add(new QuicStep(title, explanation, facts) { From = packet.From, First = packet.Mark, Last = packet.Mark });
    }

    /// <summary>True where a Retry's integrity tag (RFC 9001 section 5.8) fits none of the ids that the client used before it.</summary>
    private bool HasFalseTag(RecordedPacket packet)
    {
        if (packet.IsCut || packet.Version.RetryKey.IsEmpty || packet.Bytes.Length < 16 || destinations.Count == 0) return false;
        using var cipher = AeadCipher.Create(BulkCipher.Aes128Gcm, packet.Version.RetryKey);
        if (cipher is null) return false;
        foreach (var original in destinations)
        {
            byte[] covered = [(byte)original.Length, .. original, .. packet.Bytes[..^16]];
            if (cipher.TryOpen(packet.Version.RetryNonce, covered, packet.Bytes.AsSpan(^16..), [])) return false;
        }

        return true;
    }

    private bool TryReconstruct(RecordedPacket packet)
    {
        if (packet.IsCut || Open(packet) is not { } payload) return false;
        if (packet.Type is QuicPacketType.Handshake or QuicPacketType.OneRtt) isOpened[(int)packet.From] = true;
        var provenance = packet.Type == QuicPacketType.Initial ? Provenance.Clear : Provenance.Decrypted;
        foreach (var frame in QuicFrames.Read(payload))
        {
            if (frame.IsCrypto) Crypto(packet, frame, provenance);
            else if (frame.IsClose) Close(packet, frame, provenance);
            else if (frame.IsStream) Data(packet, frame);
            else if (frame.IsHandshakeDone) steps.Add(new QuicStep("HANDSHAKE_DONE", "confirms to the client that all is done", [], Detail.Full) { From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = provenance });
        }

        return true;
    }

    private void Crypto(RecordedPacket packet, QuicFrame frame, Provenance provenance)
    {
        if (!streams.TryGetValue((packet.Type, packet.From), out var stream)) streams[(packet.Type, packet.From)] = stream = new CryptoStream(setting.Limits);
        foreach (var message in stream.Take(frame.Offset, frame.Data, packet.Mark)) session.Message(packet.From, message, provenance, ProtocolVersion.Tls13);
    }

    private void Close(RecordedPacket packet, QuicFrame frame, Provenance provenance)
    {
        if (closes.Exists(c => c.From == packet.From)) return;
        var close = new QuicClose(packet.From, packet.Mark, frame.Offset, frame.Type == 0x1D, Encoding.UTF8.GetString(frame.Data.Span));
        closes.Add(close);
        if (close.Alert is { } alert)
        {
            session.Alert(packet.From, new Alert(new AlertLevel(2), alert), packet.Mark, packet.Mark, provenance, afterHandshake: IsDone);
            return;
        }

        List<StepFact> facts = [new(Detail.Brief, "", close.Name)];
        if (close.Reason.Length > 0) facts.Add(new StepFact(Detail.Normal, "", close.Reason));
        steps.Add(new QuicStep("CONNECTION_CLOSE", "closes the connection and says why", facts, phase: Phase.Close) { From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = provenance });
    }

    private void Data(RecordedPacket packet, QuicFrame frame)
    {
        var isEarly = packet.Type == QuicPacketType.ZeroRtt;
        if (hasData[(int)packet.From] && !isEarly) return;
        if (isEarly && data.Exists(s => s is ApplicationDataStep { IsEarly: true })) return;
        hasData[(int)packet.From] |= !isEarly;
        data.Add(new ApplicationDataStep { From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = Provenance.Decrypted, Bytes = frame.Data.Length, IsEarly = isEarly });
    }

    /// <summary>What can be seen of packets that stay closed.</summary>
    private void Closed(QuicPacketType type, Direction from, List<RecordedPacket> packets)
    {
        var (first, last) = (packets[0].Mark, packets[^1].Mark);
        var bytes = packets.Sum(p => p.Bytes.Length - p.NumberOffset);
        if (type is QuicPacketType.Handshake or QuicPacketType.OneRtt && !firstClosed.IsSet) firstClosed = first;
        closedPackets += packets.Count;
        var isClient = session.Client is null ? from == Direction.Forward : from == session.Client;
        switch (type)
        {
            case QuicPacketType.Handshake when !isOpened[(int)from]:
                string[] contains = isClient ? ["finished"]
                    : session.ServerHello is { AcceptsPreSharedKey: true } ? ["encrypted_extensions", "finished"] : ["encrypted_extensions", "certificate", "certificate_verify", "finished"];
                session.Add(new EncryptedFlightStep { From = from, First = first, Last = last, Provenance = Provenance.Inferred, Contains = contains, Bytes = bytes, IsProbable = true });
                break;
            case QuicPacketType.ZeroRtt:
                data.Add(new ApplicationDataStep { From = from, First = first, Last = last, Provenance = Provenance.Clear, Bytes = bytes, IsEarly = true });
                break;
            case QuicPacketType.OneRtt when !isOpened[(int)from]:
                steps.Add(new QuicStep("Encrypted 1-RTT packets", "carry content, readable only with keys", [new StepFact(Detail.Brief, "", ByteCount.Text(halves[(int)from].DataBytes))], phase: Phase.Data) { From = from, First = first, Last = first });
                break;
            default:
                break;
        }
    }

    private void Explain()
    {
        if (session.ClientHello is null)
        {
            var isKnown = version.IsKnown || version == default;
            session.Note(UnparsedReason.Fault, isKnown ? "the client's first packets are missing or truncated, so nothing can be decrypted" : $"{version.Name} is not supported", flow.First);
        }
        else if (firstClosed.IsSet && !setting.Secrets.IsEmpty)
        {
            var knows = setting.Secrets.Knows(session.ClientHello.SessionRandom.Span);
            session.Note(UnparsedReason.NoKeys, knows ? $"{closedPackets} packets could not be decrypted with the secrets of this session" : "encrypted, and the key log has no secret for this session", firstClosed);
        }
    }

    private bool IsDone => session.Client is { } client && session.Find(HandshakeType.Finished, client) is not null && session.Find(HandshakeType.Finished, client.Opposite()) is not null;

    private byte[]? Open(RecordedPacket packet)
    {
        if (packet.Type == QuicPacketType.Initial) return OpenInitial(packet);
        var offset = packet.NumberOffset;
        if (packet.Type == QuicPacketType.OneRtt)
        {
            // The id is the receiver's own, as long as the one that it sends from.
            var length = idLengths[1 - (int)packet.From];
            if (length < 0) return null;
            offset += length;
        }

        var of = packet.Type == QuicPacketType.OneRtt ? version : packet.Version;
        foreach (var keys in KeysOf(packet.Type, packet.From, of))
        {
            if (keys.TryOpen(packet.Bytes, offset) is { } payload) return payload;
        }

        return null;
    }

    private byte[]? OpenInitial(RecordedPacket packet)
    {
        if (!packet.Version.IsKnown) return null;
        foreach (var destination in destinations)
        {
            foreach (var isClient in (ReadOnlySpan<bool>)[packet.From == Direction.Forward, packet.From != Direction.Forward])
            {
                var key = (packet.Version, Convert.ToHexString(destination), isClient);
                if (!initials.TryGetValue(key, out var keys)) initials[key] = keys = QuicKeys.Initial(packet.Version, destination, isClient);
                if (keys?.TryOpen(packet.Bytes, packet.NumberOffset) is { } payload) return payload;
            }
        }

        return null;
    }

    private List<QuicKeys> KeysOf(QuicPacketType level, Direction from, QuicVersion of)
    {
        if (secrets.TryGetValue((level, from, of), out var keys)) return keys;
        if (session.ClientHello is not { } hello || session.Client is not { } client) return [];
        var isClient = from == client;
        var label = level switch
        {
            QuicPacketType.ZeroRtt => SecretLabel.ClientEarlyTraffic,
            QuicPacketType.Handshake => isClient ? SecretLabel.ClientHandshakeTraffic : SecretLabel.ServerHandshakeTraffic,
            _ => isClient ? SecretLabel.ClientTraffic : SecretLabel.ServerTraffic,
        };

        // Early data is under the suite of the session before, most often the one that is agreed on again.
        if (session.ServerHello?.CipherSuite is not { } suite) return [];
        if (CipherParameters.Of(suite) is not { IsOpened: true } parameters) return [];
        keys = [];
        foreach (var secret in setting.Secrets.Candidates(hello.SessionRandom.Span, label))
        {
            if (QuicKeys.Of(of, parameters, secret) is { } one) keys.Add(one);
        }

        return secrets[(level, from, of)] = keys;
    }

    private const int MaxDestinations = 8;
    private const int MaxVersions = 6;
}
