using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One direction of an EAP conversation: the TLS data of its packets is put together from its fragments, rewritten and taken apart again. Packets are
/// given by the places of their bytes, since one stands in several attributes.
/// </summary>
internal sealed class EapRewriter
{
    private readonly List<(byte[] Datagram, int At)> joined = [];
    private readonly List<(byte[] Datagram, int At)> series = [];
    private readonly List<(List<(byte[] Datagram, int At)> First, List<(byte[] Datagram, int At)> Again)> repeated = [];
    private (byte Code, byte Identifier, int Length) latest;
    private List<(byte[] Datagram, int At)> latestTls = [];
    private uint? total;

    /// <summary>Takes a packet.</summary>
    /// <param name="eap">The packet.</param>
    /// <param name="tls">Where its TLS data stands.</param>
    public void Take(in EapPacket eap, List<(byte[] Datagram, int At)> tls)
    {
        // What was sent again has the identifier of the packet before it (RFC 3748 section 4.1).
        var name = (eap.Code, eap.Identifier, eap.Data.Length);
        if (name == latest && tls.Count == latestTls.Count)
        {
            repeated.Add((latestTls, tls));
            return;
        }

        (latest, latestTls) = (name, tls);
        if (tls.Count == 0) return;
        if (eap.TotalLength is { } said && (total != said || series.Count == 0))
        {
            series.Clear();
            total = said;
        }

        series.AddRange(tls);
        if (eap.HasMore) return;

        // Of a series that is not whole nothing can be placed; it is hidden already.
        if (total is null || total == series.Count) joined.AddRange(series);
        series.Clear();
        total = null;
    }

    /// <summary>Rewrites what was put together.</summary>
    /// <param name="originals">The bytes by their datagrams as they were: those of the places may be hidden.</param>
    /// <param name="rewriter">Rewrites the records.</param>
    public void Rewrite(IReadOnlyDictionary<byte[], byte[]> originals, TlsStreamRewriter rewriter)
    {
        var stream = new byte[joined.Count];
        for (var i = 0; i < stream.Length; i++) stream[i] = originals[joined[i].Datagram][joined[i].At];
        rewriter.Rewrite(stream);
        for (var i = 0; i < stream.Length; i++) joined[i].Datagram[joined[i].At] = stream[i];
        foreach (var (first, again) in repeated)
        {
            for (var i = 0; i < first.Count; i++) again[i].Datagram[again[i].At] = first[i].Datagram[first[i].At];
        }
    }
}
