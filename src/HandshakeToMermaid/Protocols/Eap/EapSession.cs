using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// One pass over the RADIUS packets between an authenticator and its server: the EAP conversation of one supplicant, its fragments joined. Packets of a conversation that
/// was not captured from a request on are counted.
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

    /// <summary>Reads a flow.</summary>
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

        method = packets.Select(p => p.Eap).FirstOrDefault(p => p.IsStart || !p.Tls.IsEmpty) is { CarriesTls: true } first ? first.Method : null;
        var tls = new TlsStreamSession(setting with { Carrier = method });
        halves = [new EapFragments(Direction.Forward, setting.Limits, tls), new EapFragments(Direction.Reverse, setting.Limits, tls)];
        foreach (var (from, eap, mark) in packets) Take(from, eap, mark);
        foreach (var half in halves) half.Finish();
        IReadOnlyList<Unparsed> notes = others == 0 ? [] : [new Unparsed(UnparsedReason.Cap, $"{others} packets whose request was not captured were not read", [firstOther.Frame])];
        var facts = new EapFacts(method, supplicant, (halves[0].Count, halves[1].Count), isAccepted, steps, notes);
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
            Add(FromSupplicant, mark, "EAP Response, Identity", "says who asks to join, as passed on by the authenticator", Phase.Upgrade, isAtSupplicant: true);
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
        if (isRequest && open is not null && !isAnswered) halves[(int)Direction.Forward].Miss(mark);
        if (eap.Code == EapPacket.Response && open is not null && open != eap.Identifier) halves[(int)Direction.Reverse].Miss(mark);
        if (isRequest || eap.Code == EapPacket.Response) (open, isAnswered) = (eap.Identifier, !isRequest);
    }

    private void Add(Direction from, FrameMark mark, string title, string explanation, Phase phase, bool isAtSupplicant = false, bool isRefusal = false) =>
        steps.Add(new EapStep(title, explanation, phase, isAtSupplicant ? supplicant ?? "not named" : null)
        {
            From = from, First = mark, Last = mark, IsRefusal = isRefusal, Provenance = isAtSupplicant ? Provenance.Inferred : Provenance.Clear,
        });

    /// <summary>The step with which a supplicant refuses a method.</summary>
    internal const string NakTitle = "EAP Response, Nak";

    /// <summary>A third party's steps go forward from the client, which is the authenticator here.</summary>
    private const Direction FromSupplicant = Direction.Reverse;
}
