using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
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
    private readonly Dictionary<(QuicPacketType Level, Direction From), CryptoStream> crypto = [];
    private readonly QuicKeyring keyring;
    private readonly QuicStreams streams;
    private readonly Func<Direction, IMultiplexedSession>? inside;
    private readonly List<QuicStep> steps = [];
    private readonly List<QuicClose> closes = [];
    private readonly bool[] isOpened = new bool[2];
    private readonly QuicMoves moves;
    private readonly int[] keyUpdates = new int[2];
    private FrameMark firstClosed;
    private int closedPackets;
    private int pathSteps;
    private bool isVersionChangeTold;

    public QuicReconstruction(TlsSetting setting, RecordedUdpFlow flow, QuicHalf[] halves, Func<Direction, IMultiplexedSession>? inside)
    {
        (this.setting, this.flow, this.halves, this.inside) = (setting, flow, halves, inside);
        session = new TlsSession(setting.Limits, setting.Parts);
        keyring = new QuicKeyring(setting.Secrets, session);
        streams = new QuicStreams(setting.Limits);
        moves = new QuicMoves(flow.Paths);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Step> DataSteps => streams.Steps;

    /// <inheritdoc/>
    public bool IsOpened(Direction from) => isOpened[(int)from];

    /// <inheritdoc/>
    public bool HasData(Direction from) => streams.HasData(from);

    /// <summary>Tells everything.</summary>
    public IReadOnlyList<ProtocolFacts> Reconstruct(List<RecordedPacket> packets)
    {
        foreach (var packet in packets.Where(p => p.Path == 0)) keyring.Learn(packet);
        var closed = packets.Where(p => p.Type is not (QuicPacketType.Retry or QuicPacketType.VersionNegotiation)).ToList();
        steps.AddRange(UnprotectedPackets.Steps(packets, keyring.Destinations));

        // A packet may have overtaken the one its keys derive from: as long as some are decrypted, others may be.
        for (var before = -1; before != closed.Count;)
        {
            before = closed.Count;
            closed = [.. closed.Where(packet => !TryReconstruct(packet))];
        }

        // Between other endpoints only what is of this connection beyond doubt counts.
        foreach (var packet in closed.Where(p => p.Path > 0)) moves.TakeClosed(packet, keyring);
        closed.RemoveAll(p => p.Path > 0);
        steps.InsertRange(0, moves.Steps());
        foreach (var group in closed.GroupBy(p => (p.Type, p.From)).OrderBy(g => g.First().Mark.Frame)) Closed(group.Key.Type, group.Key.From, [.. group]);
        foreach (var ((_, from), stream) in crypto)
        {
            halves[(int)from].HasGap |= stream.HasHole;
            if (stream.IsAboveCap) session.Note(UnparsedReason.Cap, "too much handshake data out of order", default);
        }

        Explain();
        IReadOnlyList<ProtocolFacts> carried = SpeaksHttp3 && session.Client is { } client && inside?.Invoke(client) is { } http3 ? streams.Read(http3, IsEarlyDataRefused(client)) : [];
        if (streams.IsAboveCap) session.Note(UnparsedReason.Cap, "too much stream data out of order, or in too many streams", default);
        var isIncomplete = halves[0].HasGap || halves[1].HasGap || closed.Exists(p => p.Type == QuicPacketType.Handshake && isOpened[(int)p.From]);
        var tls = new TlsFacts(session, halves[0], halves[1], [], [], this, new HandshakeVerifier(session.Messages, setting.Secrets, isIncomplete, setting.VerifiesHandshakes)) { Carrier = keyring.Version.Name };
        return [new QuicFacts(keyring, halves, steps, closes, keyUpdates, moves, session) { HasClosedPackets = closed.Count > 0 }, tls, .. carried];
    }

    /// <inheritdoc/>
    public void Dispose() => keyring.Dispose();

    /// <summary>What was agreed on; where that stays closed, all that the client offers.</summary>
    private bool SpeaksHttp3 => session.AlpnProtocol is { } agreed ? IsHttp3(agreed) : session.ClientHello is { AlpnProtocols: { Count: > 0 } offered } && offered.All(IsHttp3);

    private static bool IsHttp3(string protocol) => protocol == "h3" || protocol.StartsWith("h3-", StringComparison.Ordinal);

    private bool IsEarlyDataRefused(Direction client) => session.ServerHello is not { AcceptsPreSharedKey: true }
        || (session.Find(HandshakeType.EncryptedExtensions, client.Opposite()) is { Message: EncryptedExtensions said } && !said.Extensions.Has(ExtensionType.EarlyData));

    private bool TryReconstruct(RecordedPacket packet)
    {
        if (packet.IsCut || keyring.Open(packet, out var phase) is not { } payload) return false;
        if (packet.Type is QuicPacketType.Handshake or QuicPacketType.OneRtt) isOpened[(int)packet.From] = true;
        var provenance = packet.Type == QuicPacketType.Initial ? Provenance.Clear : Provenance.Decrypted;
        if (packet.Path > 0) moves.Take(packet);
        TellVersion(packet);
        TellPhase(packet, phase);
        foreach (var frame in QuicFrames.Read(payload))
        {
            if (frame.IsCrypto) Crypto(packet, frame, provenance);
            else if (frame.IsClose) Close(packet, frame, provenance);
            else if (frame.IsStream) streams.Take(packet, frame);
            else if (frame.IsNewConnectionId) keyring.IdsOf(packet.From).Issue(frame.Data.Span);
            else if (frame.IsPathChallenge || frame.IsPathResponse) Path(packet, frame);
            else if (frame.IsHandshakeDone) steps.Add(Step(packet, "HANDSHAKE_DONE", "confirms to the client that all is done", [], Detail.Full));
        }

        return true;
    }

    /// <summary>Compatible version negotiation (RFC 9368 section 2.3): the server goes on in another version than the client's first packet is of.</summary>
    private void TellVersion(RecordedPacket packet)
    {
        if (isVersionChangeTold || packet.Type != QuicPacketType.Initial || packet.From == Direction.Forward || packet.Version == keyring.FirstVersion || !keyring.FirstVersion.IsKnown) return;
        isVersionChangeTold = true;
        var facts = new StepFact(Detail.Brief, "", $"{keyring.FirstVersion.Name} to {packet.Version.Name}");
        steps.Add(new QuicStep("Compatible version negotiation", "continues in another version, without a round trip", [facts]) { From = packet.From, First = packet.Mark, Last = packet.Mark });
    }

    private void TellPhase(RecordedPacket packet, int phase)
    {
        ref var updates = ref keyUpdates[(int)packet.From];
        if (phase <= updates) return;
        updates = phase;
        steps.Add(Step(packet, "Key update", "sends under the next keys from here on", [new StepFact(Detail.Normal, "key phase", phase % 2 == 0 ? "0" : "1")], Detail.Brief));
    }

    private void Path(RecordedPacket packet, QuicFrame frame)
    {
        if (pathSteps++ >= MaxPathSteps) return;
        var (title, explanation) = frame.IsPathChallenge ? ("PATH_CHALLENGE", "asks whether the peer is reached on this path") : ("PATH_RESPONSE", "confirms that it is reached on this path");
        steps.Add(Step(packet, title, explanation, [], Detail.Normal));
    }

    private static QuicStep Step(RecordedPacket packet, string title, string explanation, IReadOnlyList<StepFact> facts, Detail level) =>
        new(title, explanation, facts, level, packet.Type == QuicPacketType.OneRtt && title != "HANDSHAKE_DONE" ? Phase.Data : null) { From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = Provenance.Decrypted };

    private void Crypto(RecordedPacket packet, QuicFrame frame, Provenance provenance)
    {
        if (!crypto.TryGetValue((packet.Type, packet.From), out var stream)) crypto[(packet.Type, packet.From)] = stream = new CryptoStream(setting.Limits);
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
                streams.TakeClosedEarly(from, first, last, bytes);
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
            var version = keyring.Version;
            var isKnown = version.IsKnown || version == default;
            session.Note(UnparsedReason.Fault, isKnown ? "the client's first packets are missing or truncated, so nothing can be decrypted" : $"{version.Name} is not supported", flow.First);
        }
        else if (firstClosed.IsSet && !setting.LacksSecrets)
        {
            var knows = setting.Secrets.Knows(session.ClientHello.SessionRandom.Span);
            session.Note(UnparsedReason.NoKeys, knows ? $"{closedPackets} packets could not be decrypted with the secrets of this session" : "encrypted, and the key log has no secret for this session", firstClosed);
        }
    }

    private bool IsDone => session.Client is { } client && session.Find(HandshakeType.Finished, client) is not null && session.Find(HandshakeType.Finished, client.Opposite()) is not null;

    // A path that changes brings one of each kind for both sides.
    private const int MaxPathSteps = 32;
}
