using System.Text;
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
    private readonly List<EapRewriter> halves = [];
    private readonly Dictionary<string, EapRewriter[]> conversations = [];
    private readonly Dictionary<byte, EapRewriter[]> requests = [];

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

        foreach (var half in halves) half.Rewrite(originals, new TlsStreamRewriter(handshake, cleartext, new Noise(key, "eap")));
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

        var isIdentity = eap is { Code: EapPacket.Response, Type: EapPacket.Identity };
        Eap(isForward, radius, eap, places, ConversationOf(isForward, radius, isIdentity));
    }

    /// <summary>That of the station; an identity begins another. An answer is of the request with its identifier.</summary>
    private EapRewriter[] ConversationOf(bool isForward, in RadiusPacket radius, bool isBeginning)
    {
        if (!isForward) return requests.GetValueOrDefault(radius.Identifier) ?? [new EapRewriter(), new EapRewriter()];
        var station = radius.Station ?? "";
        if (isBeginning || !conversations.TryGetValue(station, out var conversation))
        {
            conversations[station] = conversation = [new EapRewriter(), new EapRewriter()];
            halves.AddRange(conversation);
        }

        return requests[radius.Identifier] = conversation;
    }

    private void Eap(bool isForward, in RadiusPacket radius, in EapPacket eap, List<(byte[] Datagram, int At)> places, EapRewriter[] conversation)
    {
        // Only the header, the list of methods that a peer prefers, and the flags and the length of a method that carries TLS stay as they are.
        var kept = eap.Type == EapPacket.Nak ? places.Count : eap.CarriesTls && eap.Data.Length > 0 ? EapHeader + (eap.TotalLength is null ? 1 : 5) : EapHeader;
        var data = radius.Eap.Span[Math.Min(kept, places.Count)..].ToArray();
        if (eap.Type == EapPacket.Identity) Name(data);
        else Noise.Hide(key, data);
        for (var i = 0; i < data.Length; i++) places[kept + i].Datagram[places[kept + i].At] = data[i];
        var tls = radius.Eap.Span.Overlaps(eap.Tls.Span, out var start) ? places.GetRange(start, eap.Tls.Length) : [];
        conversation[isForward ? 0 : 1].Take(eap, tls);
    }

    private void Attribute(byte type, Span<byte> value)
    {
        switch (type)
        {
            case UserName:
                Name(value);
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

    private void Name(Span<byte> name)
    {
        if (name.IsEmpty) return;
        var text = Encoding.Latin1.GetString(name);
        var other = pseudonyms.Of(new Original(OriginalKind.Name, text));
        if (other.Length == name.Length && (other != text || Pseudonyms.Stays(new Original(OriginalKind.Name, text)))) Encoding.Latin1.GetBytes(other).CopyTo(name);
        else TextMask.Fill(name);
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
    private const int EapHeader = 5;
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
