using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>One conversation of a supplicant over EAPOL (IEEE 802.1X-2010 section 11.3): its EAP packets are rewritten, the rest is a header.</summary>
internal sealed class EapolRewriter(HandshakeRewriter handshake, CleartextRewriter cleartext, Pseudonyms pseudonyms, byte[] key) : IDatagramRewriter
{
    private readonly Dictionary<long, (bool IsForward, byte[] Bytes)> stored = [];

    /// <inheritdoc/>
    public int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength)
    {
        if (payload.Length < wireLength) return 0;
        stored[frame] = (isForward, payload.ToArray());
        return 2 * payload.Length;
    }

    /// <inheritdoc/>
    public void Rewrite()
    {
        var conversation = new EapConversationRewriter(handshake, cleartext, pseudonyms, key);
        var originals = new Dictionary<byte[], byte[]>();
        foreach (var (isForward, bytes) in stored.OrderBy(static s => s.Key).Select(static s => s.Value))
        {
            originals[bytes] = bytes.ToArray();
            var packet = originals[bytes].AsMemory(EapolFrame.HeaderLength);
            if (EapPacket.TryRead(packet, out var eap)) conversation.Take(isForward, packet, eap, [.. Enumerable.Range(EapolFrame.HeaderLength, packet.Length).Select(at => (bytes, at))]);
            else bytes.AsSpan(EapolFrame.HeaderLength).Clear();
        }

        conversation.Rewrite(originals);
    }

    /// <inheritdoc/>
    public void Apply(long frame, bool isForward, Span<byte> payload, int wireLength)
    {
        if (stored.TryGetValue(frame, out var known) && known.Bytes.Length == payload.Length) known.Bytes.CopyTo(payload);
        else payload.Clear();
    }
}
