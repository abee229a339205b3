// RFC 2865 section 5.24: what an Access-Challenge has as State, the next Access-Request of the conversation repeats. Section 3: an answer has the Identifier of its
// request; a request that is sent again unchanged has its Identifier and its Request Authenticator.
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// Tells the packets of one conversation from those of others between the same endpoints: an authenticator may use one port for all its supplicants. Of what was not captured
/// the supplicant's address stands in: two conversations of one supplicant at a time cannot be told apart by it.
/// </summary>
internal sealed class RadiusConversation
{
    private readonly HashSet<byte> identifiers = [];
    private byte[] authenticator = [];
    private byte[] state = [];
    private byte[]? station;
    private bool isDecided;

    /// <summary>How sure it is that a packet is of this conversation.</summary>
    public DatagramMatch Match(ReadOnlySpan<byte> datagram)
    {
        if (!RadiusKeys.TryRead(datagram, out var keys)) return DatagramMatch.No;
        if (!keys.IsRequest) return identifiers.Contains(keys.Identifier) ? DatagramMatch.Certain : DatagramMatch.No;
        if (identifiers.Contains(keys.Identifier) && keys.Authenticator.SequenceEqual(authenticator)) return DatagramMatch.Certain;
        if (isDecided || station is null) return DatagramMatch.No;
        if (!keys.State.IsEmpty && keys.State.SequenceEqual(state)) return DatagramMatch.Certain;

        // The challenge was not captured, or the server uses none.
        var isNew = keys.State.IsEmpty ? RadiusProtocol.Begins(datagram) : state.Length > 0 && station.Length == 0;
        return !isNew && keys.Station.SequenceEqual(station) ? DatagramMatch.Likely : DatagramMatch.No;
    }

    /// <summary>Takes a packet of the conversation.</summary>
    public void Take(ReadOnlySpan<byte> datagram)
    {
        if (!RadiusKeys.TryRead(datagram, out var keys)) return;
        if (keys.IsRequest)
        {
            identifiers.Add(keys.Identifier);
            authenticator = keys.Authenticator.ToArray();
            station ??= keys.Station.ToArray();
            return;
        }

        if (!keys.State.IsEmpty) state = keys.State.ToArray();
        isDecided |= datagram[0] is RadiusPacket.AccessAccept or RadiusPacket.AccessReject;
    }

    /// <summary>A packet of another conversation went by: an Identifier is that of the request that had it last.</summary>
    public void Pass(ReadOnlySpan<byte> datagram)
    {
        if (RadiusKeys.TryRead(datagram, out var keys) && keys.IsRequest) identifiers.Remove(keys.Identifier);
    }
}
