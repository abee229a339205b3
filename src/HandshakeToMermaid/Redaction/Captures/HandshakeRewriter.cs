using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Handshake messages in the clear, in place: what they negotiate stays, what identifies somebody is replaced.</summary>
/// <param name="pseudonyms">What stands for what.</param>
/// <param name="key">What noise follows from.</param>
/// <param name="ids">Connection ids of QUIC and DTLS.</param>
/// <param name="shift">How the dates of certificates are moved; null where they stay.</param>
internal sealed class HandshakeRewriter(Pseudonyms pseudonyms, byte[] key, ConnectionIdPseudonyms ids, TimeShift? shift = null)
{
    private readonly CertificateRewriter certificates = new(pseudonyms, key, shift);

    /// <summary>Rewrites the body of a message.</summary>
    /// <param name="type">Its type (RFC 8446 section 4).</param>
    /// <param name="body">The bytes behind its header.</param>
    public void Rewrite(byte type, Span<byte> body)
    {
        switch (type)
        {
            case 1:
                Hello(body, isClient: true);
                break;
            case 2:
                Hello(body, isClient: false);
                break;
            case 3 when body.Length > 3:
                // HelloVerifyRequest (RFC 6347 section 4.2.1).
                Hide(body[3..]);
                break;
            case 4 when body.Length > 6:
                Session(body[6..]);
                break;
            case 11:
                Chain(body);
                break;
            case 13:
                Authorities(body);
                break;
            case 22 when body.Length > 4:
                certificates.RewriteStatus(body[4..]);
                break;
            case 12:
                KeyExchange(body);
                break;
            case 15 when body.Length > 4:
                // Without a scheme before TLS 1.2 (RFC 5246 section 7.4.8).
                Hide(body[(2 + BinaryPrimitives.ReadUInt16BigEndian(body) == body.Length ? 2 : 4)..]);
                break;
            case 16:
                TextMask.Apply(body);
                break;
            case 0 or 14:
                break;
            default:
                Hide(body);
                break;
        }
    }

    /// <summary>Rewrites a certificate; of bytes that are none nothing stays.</summary>
    public void Certificate(Span<byte> der, bool isAuthority = false)
    {
        if (!certificates.Rewrite(der, isAuthority)) Hide(der);
    }

    private void Hello(Span<byte> body, bool isClient)
    {
        if (body.Length < 35)
        {
            Hide(body);
            return;
        }

        if (!body.Slice(2, 32).SequenceEqual(ServerHello.RetryRandom)) Random(body.Slice(2, 32));
        var at = 34;
        var session = body[at++];
        if (at + session > body.Length) return;
        if (session > 0) Session(body.Slice(at, session));
        at += session;
        if (isClient && body[0] == DatagramVersion && at < body.Length)
        {
            // The cookie of the HelloVerifyRequest.
            var cookie = Math.Min(body[at], body.Length - at - 1);
            Hide(body.Slice(at + 1, cookie));
            at += 1 + cookie;
        }

        if (isClient && at + 2 <= body.Length) at += 2 + BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
        if (isClient && at < body.Length) at += 1 + body[at];
        if (!isClient) at += 3;
        if (at + 2 <= body.Length) Extensions(body[(at + 2)..], isClient);
    }

    /// <summary>All but its last eight bytes, in which a server says that it was made to agree on less (RFC 8446 section 4.1.3).</summary>
    private void Random(Span<byte> random) => Hide(random[..24]);

    private void Extensions(Span<byte> list, bool isClient)
    {
        for (var at = 0; at + 4 <= list.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(list[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(list[(at + 2)..]);
            at += 4;
            var value = list.Slice(at, Math.Min(length, list.Length - at));
            at += length;
            Extension(type, value, isClient);
        }
    }

    private void Extension(ushort type, Span<byte> value, bool isClient)
    {
        switch (type)
        {
            case 0 when value.Length > 5:
                Name(value[5..]);
                break;
            case 16:
                Protocols(value);
                break;
            case 35:
                if (value.Length > 0) Session(value);
                break;
            case 41 when isClient:
                PreSharedKeys(value);
                break;
            case EncryptedClientHello when isClient && value.Length > 8 && value[0] == 0:
                EncryptedHello(value);
                break;
            case 44 when value.Length > 2:
                Hide(value[2..]);
                break;
            case 54 when value.Length > 1 && value[0] == value.Length - 1:
                ids.Rewrite(value[1..]);
                break;
            case 57 or DraftTransportParameters:
                TransportParameters(value);
                break;
            case 47:
                for (var at = 2; at + 2 <= value.Length;) at += 2 + Authority(value[at..]);
                break;
            default:
                // What is negotiated is a list of numbers; GREASE and what nobody knows may hold anything.
                if (!Negotiated.Contains(type) && value.Length > 1) Hide(value);
                break;
        }
    }

    /// <summary>The outer form (RFC 9849 section 5): the suite and the number of the configuration stay.</summary>
    private void EncryptedHello(Span<byte> value)
    {
        for (var at = 6; at + 2 <= value.Length;)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(value[at..]), value.Length - at - 2);
            Hide(value.Slice(at + 2, length));
            at += 2 + length;
        }
    }

    private void Name(Span<byte> name)
    {
        var pseudonym = Encoding.UTF8.GetBytes(pseudonyms.Of(new Original(OriginalKind.Name, Encoding.UTF8.GetString(name))));
        if (pseudonym.Length == name.Length) pseudonym.CopyTo(name);
        else TextMask.Fill(name);
    }

    private void Protocols(Span<byte> value)
    {
        for (var at = 2; at < value.Length;)
        {
            var length = Math.Min(value[at], value.Length - at - 1);
            var name = value.Slice(at + 1, length);
            if (!AlpnNames.AreRegistered(Encoding.UTF8.GetString(name))) Encoding.UTF8.GetBytes(pseudonyms.Of(new Original(OriginalKind.Protocol, Encoding.Latin1.GetString(name)))).AsSpan(0, length).CopyTo(name);
            at += 1 + length;
        }
    }

    /// <summary>Numbers of RFC 9000 section 18.2 and its extensions stay, connection ids are those of the packets, all else is hidden.</summary>
    private void TransportParameters(Span<byte> value)
    {
        for (var at = 0; at < value.Length;)
        {
            if (!VariableInteger.TryRead(value, ref at, out var parameter) || !VariableInteger.TryRead(value, ref at, out var length) || length > (ulong)(value.Length - at))
            {
                Hide(value[at..]);
                return;
            }

            var content = value.Slice(at, (int)length);
            at += content.Length;
            if (parameter is 0x00 or 0x0F or 0x10) ids.Rewrite(content);
            else if (!NegotiatedInQuic.Contains(parameter)) Hide(content);
        }
    }

    private void PreSharedKeys(Span<byte> value)
    {
        if (value.Length < 2) return;
        var end = Math.Min(value.Length, 2 + BinaryPrimitives.ReadUInt16BigEndian(value));
        for (var at = 2; at + 2 <= end;)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(value[at..]), end - at - 2);
            Session(value.Slice(at + 2, length));
            at += 2 + length + 4;
        }

        for (var at = end + 2; at < value.Length;)
        {
            var length = Math.Min(value[at], value.Length - at - 1);
            Hide(value.Slice(at + 1, length));
            at += 1 + length;
        }
    }

    private void Chain(Span<byte> body)
    {
        var position = 0;
        for (var at = 3; at + 3 <= body.Length; position++)
        {
            var length = Math.Min((body[at] << 16) | (body[at + 1] << 8) | body[at + 2], body.Length - at - 3);
            Certificate(body.Slice(at + 3, length), isAuthority: position > 0);
            at += 3 + length;
        }
    }

    /// <summary>CertificateRequest up to TLS 1.2: types, schemes, then names (RFC 5246 section 7.4.4; without schemes before).</summary>
    private void Authorities(Span<byte> body)
    {
        if (body.Length == 0) return;
        foreach (var start in (ReadOnlySpan<int>)[1 + body[0], 1 + body[0] + 2 + (1 + body[0] + 2 <= body.Length ? BinaryPrimitives.ReadUInt16BigEndian(body[(1 + body[0])..]) : 0)])
        {
            if (start + 2 > body.Length || start + 2 + BinaryPrimitives.ReadUInt16BigEndian(body[start..]) != body.Length) continue;
            for (var at = start + 2; at + 2 <= body.Length;) at += 2 + Authority(body[at..]);
            return;
        }
    }

    private int Authority(Span<byte> entry)
    {
        var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(entry), entry.Length - 2);
        var name = entry.Slice(2, length);
        if (DerElement.In(name, 0, name.Length) is [{ Tag: 0x30 } directory]) new DirectoryNameRewriter(pseudonyms).Rewrite(name, directory, isAuthority: true);
        else Hide(name);
        return length;
    }

    /// <summary>
    /// ServerKeyExchange: with the randoms replaced its signature proves nothing any more. It is replaced behind the parameters, of a named curve or of a
    /// group that the server brings; anything else holds an identity hint.
    /// </summary>
    private void KeyExchange(Span<byte> body)
    {
        var end = 0;
        if (body.Length >= 4 && body[0] == 3) end = 4 + body[3];
        else if (body.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(body) >= ShortestPrime)
        {
            for (var vector = 0; vector < 3 && end + 2 <= body.Length; vector++) end += 2 + BinaryPrimitives.ReadUInt16BigEndian(body[end..]);
        }

        if (end == 0 || end > body.Length) TextMask.Apply(body);
        else if (end + 4 <= body.Length && end + 4 + BinaryPrimitives.ReadUInt16BigEndian(body[(end + 2)..]) == body.Length) Hide(body[(end + 4)..]);
        else if (end + 2 <= body.Length) Hide(body[(end + 2)..]);
    }

    private void Session(Span<byte> id) => pseudonyms.Of(OriginalKind.Session, id).CopyTo(id);

    private void Hide(Span<byte> bytes) => Noise.Hide(key, bytes);

    private const ushort EncryptedClientHello = 0xFE0D;
    private const ushort DraftTransportParameters = 0xFFA5;

    /// <summary>The first byte of the versions of DTLS.</summary>
    private const byte DatagramVersion = 0xFE;

    /// <summary>A prime of 512 bits: identity hints are shorter.</summary>
    private const int ShortestPrime = 64;

    /// <summary>Transport parameters that are numbers or flags; also of RFC 9221, RFC 9287 and RFC 9368.</summary>
    private static readonly HashSet<ulong> NegotiatedInQuic = [0x01, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0E, 0x11, 0x20, 0x2AB2];

    /// <summary>Extensions whose values are numbers, lengths or public keys of one handshake.</summary>
    private static readonly HashSet<ushort> Negotiated = [1, 5, 9, 10, 11, 13, 15, 17, 18, 19, 20, 21, 22, 23, 24, 27, 28, 34, 42, 43, 45, 49, 50, 51, 13172, 17513, 17613, 65281];
}
