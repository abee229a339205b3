using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Quic;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>What handshakes there are over UDP: DTLS, QUIC, and EAP in RADIUS, recognized as when a capture is read. All else is left out.</summary>
internal sealed class DatagramFlows(HandshakeRewriter handshake, CleartextRewriter cleartext, ConnectionIdPseudonyms ids, Pseudonyms pseudonyms, byte[] key)
{
    private readonly Dictionary<(string Path, IpEndpoint From, IpEndpoint To), DatagramFlow> flows = [];

    /// <summary>True where there is RADIUS, whose authenticators cannot be right.</summary>
    public bool HasRadius { get; private set; }

    /// <summary>Takes a datagram in the first pass.</summary>
    /// <returns>How many bytes of memory were taken for it.</returns>
    public int Collect(long frame, string path, (IpEndpoint From, IpEndpoint To) ends, ReadOnlySpan<byte> payload, int wireLength)
    {
        if (Find(path, ends, out var isForward) is not { } flow)
        {
            if (Begin(payload, wireLength) is not { } begun) return 0;
            flows[(path, ends.From, ends.To)] = flow = begun;
            isForward = true;
        }

        return flow.Collect(frame, isForward, payload, wireLength);
    }

    /// <summary>Between the passes.</summary>
    public void Rewrite()
    {
        foreach (var flow in flows.Values) flow.Rewrite();
    }

    /// <summary>Rewrites a datagram in the second pass; false for one that is left out.</summary>
    public bool TryApply(long frame, string path, (IpEndpoint From, IpEndpoint To) ends, Span<byte> payload, int wireLength)
    {
        if (Find(path, ends, out var isForward) is { } flow) return flow.TryApply(frame, isForward, payload, wireLength);

        // A connection of QUIC may go on between other endpoints; it is known by its ids.
        if (payload.Length < 2 || (payload[0] & 0x80) != 0 || ids.LengthIn(payload[1..]) is not (> 0 and var length)) return false;
        ids.Rewrite(payload.Slice(1, length));
        Noise.Hide(key, payload[(1 + length)..]);
        return true;
    }

    private DatagramFlow? Find(string path, (IpEndpoint From, IpEndpoint To) ends, out bool isForward)
    {
        isForward = flows.TryGetValue((path, ends.From, ends.To), out var flow);
        return isForward ? flow : flows.GetValueOrDefault((path, ends.To, ends.From));
    }

    private DatagramFlow? Begin(ReadOnlySpan<byte> payload, int wireLength)
    {
        if (DtlsProtocol.Recognises(payload, wireLength)) return new DatagramFlow(() => new DtlsFilter(), () => new DtlsRewriter(handshake, ids, key));
        if (QuicProtocol.Recognises(payload, wireLength)) return new DatagramFlow(() => new QuicFilter(), () => new QuicRewriter(handshake, ids, key));
        if (!RadiusProtocol.Recognises(payload)) return null;
        HasRadius = true;
        return new DatagramFlow(() => new RadiusFilter(), () => new RadiusRewriter(handshake, cleartext, pseudonyms, key));
    }
}
