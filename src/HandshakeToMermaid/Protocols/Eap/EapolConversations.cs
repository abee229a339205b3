using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// Gives EAPOL frames the endpoints of their conversation: the supplicant's address and the authenticator's. On a wired link both may send to the group address, and a Linux cooked
/// header has no receiver: then a request belongs to the supplicant whose response has its identifier (RFC 3748 section 4.1). What comes before that waits, and is left unread
/// where nothing follows that carries or asks for a method. The state is bounded: of many supplicants the one that was seen first is forgotten.
/// </summary>
/// <param name="limits">The caps.</param>
/// <param name="sink">Receives the frames of conversations.</param>
internal sealed class EapolConversations(AnalyzerLimits limits, IEapolSink sink)
{
    private readonly Dictionary<Station, EapolPort> ports = [];
    private readonly Queue<Station> order = new();
    private readonly Dictionary<Station, Station> partners = [];
    private readonly Dictionary<Station, HeldEapol> asked = [];
    private readonly Duration patience = Duration.FromSeconds(limits.IdleSeconds);

    /// <summary>Takes a frame (<see cref="PacketKind.Eapol"/>).</summary>
    public void Take(in Packet packet)
    {
        var frame = new EapolFrame(packet.Payload);
        if (packet.Source.Address.IsLinkGroup || frame.IsWrong) sink.Leave(packet.Mark.Frame);
        else if (frame.IsFromSupplicant) FromSupplicant(in packet, frame);
        else FromAuthenticator(in packet, frame);
    }

    /// <summary>The capture is over: what only a supplicant was seen to send is a conversation with whoever listens to the group address.</summary>
    public void Finish()
    {
        foreach (var port in ports.Values.Where(static p => p.Held.Count > 0).OrderBy(static p => p.Held[0].Mark.Frame).ToList()) Settle(port);
        foreach (var request in asked.Values) sink.Leave(request.Mark.Frame);
        asked.Clear();
    }

    private void FromSupplicant(in Packet packet, in EapolFrame frame)
    {
        var port = PortOf(new Station(packet.Source.Address, packet.Encapsulation));
        if (IsStation(packet.Destination.Address)) port.Meet(packet.Destination.Address);
        else if (frame.Code == EapPacket.Response) FindAuthenticator(port, in packet, frame.Identifier);
        Place(port, in packet, frame, isForward: true);
    }

    private void FromAuthenticator(in Packet packet, in EapolFrame frame)
    {
        var authenticator = new Station(packet.Source.Address, packet.Encapsulation);
        if (IsStation(packet.Destination.Address))
        {
            var port = PortOf(new Station(packet.Destination.Address, packet.Encapsulation));
            port.Meet(authenticator.Address);
            Place(port, in packet, frame, isForward: false);
            return;
        }

        if (partners.TryGetValue(authenticator, out var supplicant) && ports.TryGetValue(supplicant, out var partner) && partner.Progress?.BeginsAnother(frame) == false && partner.Authenticator == authenticator.Address)
        {
            Place(partner, in packet, frame, isForward: false);
        }
        else if (frame.Code == EapPacket.Request && packet.Payload.Length <= MaxHeldBytes && (asked.Count < MaxAsked || asked.ContainsKey(authenticator)))
        {
            if (asked.TryGetValue(authenticator, out var before)) sink.Leave(before.Mark.Frame);
            asked[authenticator] = HeldEapol.Of(in packet);
        }
        else
        {
            sink.Leave(packet.Mark.Frame);
        }
    }

    /// <summary>The latest request to the group address that a response answers shows who asked.</summary>
    private void FindAuthenticator(EapolPort port, in Packet packet, byte identifier)
    {
        Station? found = null;
        long latest = 0;
        foreach (var (authenticator, request) in asked)
        {
            if (request.Frame.Identifier != identifier || !ReferenceEquals(authenticator.Way, packet.Encapsulation) || request.Mark.Frame < latest || packet.Mark.Time - request.Mark.Time > patience) continue;
            (found, latest) = (authenticator, request.Mark.Frame);
        }

        if (found is not { } who || !asked.Remove(who, out var answered)) return;
        port.Meet(who.Address);
        if (partners.Count < MaxAsked || partners.ContainsKey(who)) partners[who] = new Station(port.Supplicant, who.Way);
        if (port.Progress?.BeginsAnother(answered.Frame) == true) port.Progress = null;
        if (port.Progress is null)
        {
            port.Held.Add(answered);
            return;
        }

        Give(port, answered, mayBegin: false);
    }

    private void Place(EapolPort port, in Packet packet, in EapolFrame frame, bool isForward)
    {
        if (port.Progress?.BeginsAnother(frame) == true) port.Progress = null;
        if (port.Progress is { } goesOn)
        {
            goesOn.Take(frame);
            sink.Take(Between(port, in packet, isForward), mayBegin: Opens(frame));
            return;
        }

        Forget(port, packet.Mark.Time);
        if (frame.Code is EapPacket.Success or EapPacket.Failure || frame.IsLogoff || packet.Payload.Length > MaxHeldBytes)
        {
            sink.Leave(packet.Mark.Frame);
            return;
        }

        port.Held.Add(HeldEapol.Of(in packet));
        if (port.Authenticator is not null && Opens(frame)) Begin(port);
        else if (port.Held.Count >= MaxHeld) Settle(port);
    }

    /// <summary>Hands over what waited, and from here on what follows.</summary>
    private void Begin(EapolPort port)
    {
        port.Progress = new EapolProgress();
        var mayBegin = true;
        foreach (var held in port.Held)
        {
            Give(port, held, mayBegin);
            mayBegin = false;
        }

        port.Held.Clear();
    }

    private void Give(EapolPort port, HeldEapol held, bool mayBegin)
    {
        port.Progress!.Take(held.Frame);
        var packet = new Packet { Kind = PacketKind.Eapol, Mark = held.Mark, Encapsulation = held.Encapsulation, Payload = held.Payload, PayloadLength = held.Length };
        sink.Take(Between(port, in packet, held.Frame.IsFromSupplicant), mayBegin);
    }

    /// <summary>Nothing more is waited for: a conversation whose authenticator was not seen is one with the group address, anything else is left.</summary>
    private void Settle(EapolPort port)
    {
        if (port.Held.Exists(static h => Opens(h.Frame)))
        {
            if (port.Authenticator is null) port.Meet(IpAddress.EapolGroup);
            Begin(port);
            return;
        }

        foreach (var held in port.Held) sink.Leave(held.Mark.Frame);
        port.Held.Clear();
    }

    /// <summary>What waited too long is of no conversation that begins now.</summary>
    private void Forget(EapolPort port, Timestamp now)
    {
        foreach (var old in port.Held.Where(h => now - h.Mark.Time > patience)) sink.Leave(old.Mark.Frame);
        port.Held.RemoveAll(h => now - h.Mark.Time > patience);
    }

    private EapolPort PortOf(Station supplicant)
    {
        if (ports.TryGetValue(supplicant, out var known)) return known;
        if (ports.Count >= MaxPorts && ports.Remove(order.Dequeue(), out var first)) Settle(first);
        order.Enqueue(supplicant);
        return ports[supplicant] = new EapolPort(supplicant.Address);
    }

    private static Packet Between(EapolPort port, in Packet packet, bool isForward)
    {
        var (supplicant, authenticator) = (new IpEndpoint(port.Supplicant, 0), new IpEndpoint(port.Authenticator!.Value, 0));
        var placed = packet;
        (placed.Source, placed.Destination) = isForward ? (supplicant, authenticator) : (authenticator, supplicant);
        return placed;
    }

    private static bool IsStation(IpAddress address) => address.IsLinkLayer && !address.IsLinkGroup;

    /// <summary>True for what shows that somebody is being authenticated: a response with an identity, and any packet of a method that carries TLS.</summary>
    private static bool Opens(in EapolFrame frame) => frame.CarriesTls || (frame.IsIdentity && frame.Code == EapPacket.Response);

    /// <summary>Supplicants that are told apart.</summary>
    private const int MaxPorts = 4096;

    /// <summary>Authenticators whose request to the group address waits for its response.</summary>
    private const int MaxAsked = 256;

    /// <summary>Frames that wait at a supplicant.</summary>
    private const int MaxHeld = 4;

    /// <summary>Bytes of such a frame.</summary>
    private const int MaxHeldBytes = 2048;

    /// <summary>An address on one link: the same in another VLAN is another station.</summary>
    private readonly record struct Station(IpAddress Address, EncapsulationPath? Way);
}
