using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// EAP in RADIUS (RFC 2865, RFC 3579): identities, stations, names and addresses get their pseudonyms, TLS inside is rewritten as elsewhere, and of
/// the other attributes only numbers stay. Authenticators are keyed with a secret that is not known: they become noise, and cannot be right.
/// </summary>
internal sealed class RadiusRewriter(HandshakeRewriter handshake, CleartextRewriter cleartext, Pseudonyms pseudonyms, byte[] key) : IDatagramRewriter
{
    private readonly Dictionary<long, (bool IsForward, byte[] Bytes)> stored = [];
    private readonly Dictionary<byte[], byte[]> originals = [];
    private readonly List<EapConversationRewriter> all = [];
    private readonly Dictionary<string, EapConversationRewriter> conversations = [];
    private readonly Dictionary<byte, EapConversationRewriter> requests = [];

    /// <inheritdoc/>
    public int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength)
    {
        if (stored.Count >= MaxStored || !RadiusPacket.TryRead(payload, out _)) return 0;
        stored[frame] = (isForward, payload.ToArray());
        return 2 * payload.Length;
    }

    /// <inheritdoc/>
    public void Rewrite()
    {
        foreach (var (isForward, bytes) in stored.OrderBy(s => s.Key).Select(s => s.Value))
        {
            originals[bytes] = bytes.ToArray();
            if (RadiusPacket.TryRead(bytes, out var radius)) Packet(isForward, bytes, radius);
        }

        foreach (var conversation in all) conversation.Rewrite(originals);
        originals.Clear();
    }

    /// <inheritdoc/>
    public void Apply(long frame, bool isForward, Span<byte> payload, int wireLength)
    {
        if (stored.TryGetValue(frame, out var known) && known.Bytes.Length == payload.Length) known.Bytes.CopyTo(payload);
        else payload.Clear();
    }

    private void Packet(bool isForward, byte[] bytes, in RadiusPacket radius)
    {
        var places = new List<(byte[] Datagram, int At)>();
        Noise.Hide(key, bytes.AsSpan(4, 16));
        for (var at = HeaderLength; at < bytes.Length; at += bytes[at + 1])
        {
            var value = bytes.AsSpan(at + 2, bytes[at + 1] - 2);
            if (bytes[at] != EapMessage) Attribute(bytes[at], value);
            else for (var i = 0; i < value.Length; i++) places.Add((bytes, at + 2 + i));
        }

        if (!EapPacket.TryRead(radius.Eap, out var eap))
        {
            foreach (var (datagram, place) in places) datagram[place] = 0;
            return;
        }

        ConversationOf(isForward, radius, eap).Take(isForward, radius.Eap, eap, places);
    }

    /// <summary>That of the station; an identity begins another. An answer is of the request with its identifier.</summary>
    private EapConversationRewriter ConversationOf(bool isForward, in RadiusPacket radius, in EapPacket eap)
    {
        if (!isForward) return requests.GetValueOrDefault(radius.Identifier) ?? Begin();
        var station = radius.Station ?? "";
        if (eap is { Code: EapPacket.Response, Type: EapPacket.Identity } || !conversations.TryGetValue(station, out var conversation))
        {
            conversations[station] = conversation = Begin();
            all.Add(conversation);
        }

        return requests[radius.Identifier] = conversation;
    }

    private EapConversationRewriter Begin() => new(handshake, cleartext, pseudonyms, key);

    private void Attribute(byte type, Span<byte> value)
    {
        switch (type)
        {
            case UserName:
                EapConversationRewriter.Name(pseudonyms, value);
                break;
            case CallingStationId or CalledStationId:
                Station(value);
                break;
            case 4 or 8 or 9 or 95 when value.Length is 4 or 16:
                pseudonyms.Of(Packets.IpAddress.FromBytes(value)).ToIPAddress().TryWriteBytes(value, out _);
                break;
            default:
                if (Texts.Contains(type)) TextMask.Fill(value);
                else if (!Numbers.Contains(type)) Noise.Hide(key, value);
                break;
        }
    }

    /// <summary>A link-layer address in any of its forms, with the name of a network behind it (RFC 3580 section 3.20).</summary>
    private void Station(Span<byte> value)
    {
        var places = new List<int>();
        for (var i = 0; i < value.Length && places.Count < 12; i++)
        {
            if (char.IsAsciiHexDigit((char)value[i])) places.Add(i);
            else if (value[i] is not ((byte)'-' or (byte)':' or (byte)'.')) break;
        }

        if (places.Count < 12)
        {
            TextMask.Fill(value);
            return;
        }

        var isUpper = false;
        var digits = new char[12];
        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = char.ToLowerInvariant((char)value[places[i]]);
            isUpper |= digits[i] != value[places[i]];
        }

        var text = string.Join(':', digits.Chunk(2).Select(static octet => new string(octet)));
        var other = pseudonyms.Of(new Original(OriginalKind.LinkAddress, text)).Replace(":", "", StringComparison.Ordinal);
        for (var i = 0; i < digits.Length; i++) value[places[i]] = (byte)(isUpper ? char.ToUpperInvariant(other[i]) : other[i]);
        TextMask.Fill(value[(places[^1] + 1)..]);
    }

    private const int HeaderLength = 20;
    private const byte EapMessage = 79;
    private const byte UserName = 1;
    private const byte CalledStationId = 30;
    private const byte CallingStationId = 31;

    /// <summary>NAS-Port, Service-Type, Framed-Protocol, Framed-MTU, Framed-Compression, Session-Timeout, Idle-Timeout, Termination-Action, NAS-Port-Type, tunnel types (IANA "RADIUS Attribute Types").</summary>
    private static readonly HashSet<byte> Numbers = [5, 6, 7, 12, 13, 27, 28, 29, 61, 64, 65];

    /// <summary>Filter-Id, Reply-Message, NAS-Identifier, Connect-Info, NAS-Port-Id, Framed-Pool.</summary>
    private static readonly HashSet<byte> Texts = [11, 18, 32, 77, 87, 88];

    /// <summary>Packets of one conversation; EAP-TLS with a long chain takes some dozens.</summary>
    private const int MaxStored = 4096;
}
