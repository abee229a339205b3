using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// One pass over the RADIUS packets between an authenticator and its server, or over the EAPOL frames between a supplicant and an authenticator: the EAP conversation of one
/// supplicant, its fragments joined. RADIUS packets of a conversation that was not captured from a request on are counted.
/// </summary>
/// <param name="setting">The settings of the TLS session.</param>
internal sealed class EapSession(TlsSetting setting)
{
    private readonly List<EapStep> steps = [];
    private readonly RadiusConversation conversation = new();
    private readonly (byte Code, byte Identifier, int Length)[] latest = new (byte, byte, int)[2];
    private EapFragments[] halves = [];
    private string? method;
    private string? supplicant;
    private bool hasBegun;
    private byte? open;
    private bool isAnswered;
    private bool? isAccepted;
    private bool isOnLink;
    private Direction peer = Direction.Forward;

    /// <summary>Reads a flow of RADIUS.</summary>
    public IReadOnlyList<ProtocolFacts> Read(RecordedUdpFlow flow)
    {
        var packets = new List<(Direction From, EapPacket Eap, FrameMark Mark)>();
        long others = 0;
        FrameMark firstOther = default;
        foreach (var datagram in flow.Datagrams)
        {
            if (!RadiusPacket.TryRead(datagram.Payload.Span, out var radius)) continue;
            if (!IsOurs(datagram.Payload.Span, radius))
            {
                if (others++ == 0) firstOther = datagram.Mark;
            }
            else if (EapPacket.TryRead(radius.Eap, out var eap)) packets.Add((datagram.From, eap, datagram.Mark));
        }

        IReadOnlyList<Unparsed> notes = others == 0 ? [] : [new Unparsed(UnparsedReason.Cap, $"{others} packets whose request was not captured were not read", [firstOther.Frame])];
        return Read(flow, packets, notes);
    }

    /// <summary>Reads a flow of EAPOL.</summary>
    public IReadOnlyList<ProtocolFacts> ReadEapol(RecordedUdpFlow flow)
    {
        isOnLink = true;
        var packets = new List<(Direction From, EapPacket Eap, FrameMark Mark)>();
        var isPeerKnown = false;
        foreach (var datagram in flow.Datagrams)
        {
            var frame = new EapolFrame(datagram.Payload.Span);
            if (!isPeerKnown && (frame.IsFromSupplicant || frame.IsFromAuthenticator))
            {
                (isPeerKnown, peer) = (true, frame.IsFromSupplicant ? datagram.From : datagram.From.Opposite());
                supplicant = (peer == Direction.Forward ? flow.Initiator : flow.Responder).Address.ToString();
            }

            if (frame.IsStart) AddOnce(datagram.From, datagram.Mark, StartTitle, "asks to be authenticated", Phase.Upgrade);
            else if (frame.IsLogoff) AddOnce(datagram.From, datagram.Mark, LogoffTitle, "leaves the network", Phase.Close);
            else if (EapPacket.TryRead(datagram.Payload[Math.Min(EapolFrame.HeaderLength, datagram.Payload.Length)..], out var eap)) packets.Add((datagram.From, eap, datagram.Mark));
        }

        return Read(flow, packets, []);
    }

    private IReadOnlyList<ProtocolFacts> Read(RecordedUdpFlow flow, List<(Direction From, EapPacket Eap, FrameMark Mark)> packets, IReadOnlyList<Unparsed> notes)
    {
        method = packets.Select(p => p.Eap).FirstOrDefault(p => p.IsStart || !p.Tls.IsEmpty) is { CarriesTls: true } first ? first.Method : null;
        var tls = new TlsStreamSession(setting with { Carrier = method });
        halves = [new EapFragments(Direction.Forward, setting.Limits, tls), new EapFragments(Direction.Reverse, setting.Limits, tls)];
        foreach (var (from, eap, mark) in packets) Take(from, eap, mark);
        foreach (var half in halves) half.Finish();
        steps.Sort(static (left, right) => left.First.Frame.CompareTo(right.First.Frame));
        var facts = new EapFacts(method, supplicant, (halves[(int)peer].Count, halves[(int)peer.Opposite()].Count), isAccepted, steps, notes) { Supplicant = peer, IsOnLink = isOnLink };
        return halves[0].Count + halves[1].Count == 0 ? [facts] : [facts, .. tls.Finish(flow.IsClosed)];
    }

    /// <summary>True for a packet of the conversation that the first request began.</summary>
    private bool IsOurs(ReadOnlySpan<byte> datagram, in RadiusPacket radius)
    {
        if (hasBegun && conversation.Match(datagram) == DatagramMatch.No) return false;
        if (!hasBegun && radius.Code != RadiusPacket.AccessRequest) return false;
        hasBegun = true;
        conversation.Take(datagram);
        if (radius.Code == RadiusPacket.AccessRequest) supplicant ??= radius.Station;
        return true;
    }

    private void Take(Direction from, in EapPacket eap, FrameMark mark)
    {
        // What was sent again has the identifier of the packet before it (RFC 3748 section 4.1).
        ref var before = ref latest[(int)from];
        var now = (eap.Code, eap.Identifier, eap.Data.Length);
        if (before == now) return;
        before = now;
        NoteLost(in eap, mark);
        if (eap.Code == EapPacket.Response && eap.Type == EapPacket.Identity)
        {
            if (isOnLink) Add(from, mark, "EAP Response, Identity", "says who asks to join", Phase.Upgrade);
            else Add(FromSupplicant, mark, "EAP Response, Identity", "says who asks to join, as passed on by the authenticator", Phase.Upgrade, isAtSupplicant: true);
        }
        else if (isOnLink && eap.Code == EapPacket.Request && eap.Type == EapPacket.Identity)
        {
            Add(from, mark, "EAP Request, Identity", "asks who wants to join", Phase.Upgrade);
        }
        else if (eap.Code == EapPacket.Response && eap.Type == EapPacket.Nak)
        {
            Add(from, mark, NakTitle, "refuses the method and asks for another", Phase.Upgrade);
        }
        else if (eap.IsStart)
        {
            Add(from, mark, $"{eap.Method} Start", "begins the method, to be answered by a ClientHello", Phase.Upgrade);
        }
        else if (eap.Code is EapPacket.Success or EapPacket.Failure && isAccepted is null)
        {
            isAccepted = eap.Code == EapPacket.Success;
            var (title, explanation) = isAccepted.Value
                ? ("EAP Success", "lets the supplicant join the network")
                : ("EAP Failure", "does not let the supplicant join the network");
            Add(from, mark, title, explanation, Phase.Close, isRefusal: !isAccepted.Value);
        }
        else if (eap.CarriesTls)
        {
            halves[(int)from].Take(in eap, mark);
        }
    }

    /// <summary>A peer answers each request before the next one comes, with its identifier (RFC 3748 section 4.1): what breaks this order was not captured.</summary>
    private void NoteLost(in EapPacket eap, FrameMark mark)
    {
        var isRequest = eap.Code == EapPacket.Request;
        if (isRequest && open is not null && !isAnswered) halves[(int)peer].Miss(mark);
        if (eap.Code == EapPacket.Response && open is not null && open != eap.Identifier) halves[(int)peer.Opposite()].Miss(mark);
        if (isRequest || eap.Code == EapPacket.Response) (open, isAnswered) = (eap.Identifier, !isRequest);
    }

    private void Add(Direction from, FrameMark mark, string title, string explanation, Phase phase, bool isAtSupplicant = false, bool isRefusal = false) =>
        steps.Add(new EapStep(title, explanation, phase, isAtSupplicant ? supplicant ?? "not named" : null)
        {
            From = from, First = mark, Last = mark, IsRefusal = isRefusal, Provenance = isAtSupplicant ? Provenance.Inferred : Provenance.Clear,
        });

    private void AddOnce(Direction from, FrameMark mark, string title, string explanation, Phase phase)
    {
        if (!steps.Exists(s => s.Title == title)) Add(from, mark, title, explanation, phase);
    }

    private const string StartTitle = "EAPOL-Start";
    private const string LogoffTitle = "EAPOL-Logoff";

    /// <summary>The step with which a supplicant refuses a method.</summary>
    internal const string NakTitle = "EAP Response, Nak";

    /// <summary>A third party's steps go forward from the client, which is the authenticator here.</summary>
    private const Direction FromSupplicant = Direction.Reverse;
}
