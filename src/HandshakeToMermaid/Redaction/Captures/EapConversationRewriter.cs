using System.Text;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One EAP conversation (RFC 3748), whatever carries it: identities get their pseudonyms, TLS inside is rewritten as elsewhere, and what other methods say
/// becomes noise.
/// </summary>
internal sealed class EapConversationRewriter(HandshakeRewriter handshake, CleartextRewriter cleartext, Pseudonyms pseudonyms, byte[] key)
{
    private readonly EapRewriter forward = new();
    private readonly EapRewriter reverse = new();

    /// <summary>Hides what a packet says, and notes where its TLS data stands.</summary>
    /// <param name="isForward">Its direction.</param>
    /// <param name="bytes">The packet as it was.</param>
    /// <param name="eap">The same, read.</param>
    /// <param name="places">Where each of its bytes is rewritten.</param>
    public void Take(bool isForward, ReadOnlyMemory<byte> bytes, in EapPacket eap, List<(byte[] Datagram, int At)> places)
    {
        // Only the header, the list of methods that a peer prefers, and the flags and the length of a method that carries TLS stay as they are.
        var kept = eap.Type == EapPacket.Nak ? places.Count : eap.CarriesTls && eap.Data.Length > 0 ? Header + (eap.TotalLength is null ? 1 : 5) : Header;
        var data = bytes.Span[Math.Min(kept, places.Count)..].ToArray();
        if (eap.Type == EapPacket.Identity) Name(pseudonyms, data);
        else Noise.Hide(key, data);
        for (var i = 0; i < data.Length; i++) places[kept + i].Datagram[places[kept + i].At] = data[i];
        var tls = bytes.Span.Overlaps(eap.Tls.Span, out var start) ? places.GetRange(start, eap.Tls.Length) : [];
        (isForward ? forward : reverse).Take(eap, tls);
    }

    /// <summary>Rewrites the TLS data of both directions.</summary>
    /// <param name="originals">The bytes by their datagrams as they were.</param>
    public void Rewrite(IReadOnlyDictionary<byte[], byte[]> originals)
    {
        foreach (var half in (EapRewriter[])[forward, reverse]) half.Rewrite(originals, new TlsStreamRewriter(handshake, cleartext, new Noise(key, "eap")));
    }

    /// <summary>A user's name gets its pseudonym where that has the same length; otherwise its letters are masked.</summary>
    public static void Name(Pseudonyms pseudonyms, Span<byte> name)
    {
        if (name.IsEmpty) return;
        var text = Encoding.Latin1.GetString(name);
        var other = pseudonyms.Of(new Original(OriginalKind.Name, text));
        if (other.Length == name.Length && (other != text || Pseudonyms.Stays(new Original(OriginalKind.Name, text)))) Encoding.Latin1.GetBytes(other).CopyTo(name);
        else TextMask.Fill(name);
    }

    /// <summary>Code, identifier, length and type.</summary>
    private const int Header = 5;
}
