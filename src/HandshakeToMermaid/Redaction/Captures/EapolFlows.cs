using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The conversations over EAPOL, told apart as when a capture is read. Frames of none of them are left out.</summary>
/// <param name="decoder">Reads the link-layer addresses of frames.</param>
/// <param name="conversations">Makes what tells conversations apart.</param>
/// <param name="begin">Begins a conversation.</param>
internal sealed class EapolFlows(PacketDecoder decoder, Func<IEapolSink, EapolConversations> conversations, Func<IDatagramRewriter> begin) : IEapolSink
{
    private readonly Dictionary<(EncapsulationPath? Way, IpAddress From, IpAddress To), DatagramFlow> flows = [];
    private readonly Dictionary<long, (DatagramFlow Flow, bool IsForward)> byFrame = [];
    private EapolConversations? stations;
    private long taken;

    /// <summary>Takes a frame in the first pass.</summary>
    /// <returns>How many bytes of memory were taken for it, or for one before it.</returns>
    public long Collect(in CapturedFrame frame)
    {
        var before = taken;
        decoder.Decode(in frame, out var packet);
        if (packet.Kind == PacketKind.Eapol) (stations ??= conversations(this)).Take(in packet);
        return taken - before;
    }

    /// <summary>Between the passes.</summary>
    public void Rewrite()
    {
        stations?.Finish();
        foreach (var flow in flows.Values) flow.Rewrite();
    }

    /// <summary>Rewrites a frame from the EAPOL header on; false for one that is left out.</summary>
    public bool TryApply(long frame, Span<byte> payload) => byFrame.TryGetValue(frame, out var place) && place.Flow.TryApply(frame, place.IsForward, payload, payload.Length);

    /// <inheritdoc/>
    public void Take(in Packet packet, bool mayBegin)
    {
        var (from, to) = (packet.Source.Address, packet.Destination.Address);
        var isReverse = flows.TryGetValue((packet.Encapsulation, to, from), out var flow);
        if (!isReverse && !flows.TryGetValue((packet.Encapsulation, from, to), out flow))
        {
            if (!mayBegin) return;
            flows[(packet.Encapsulation, from, to)] = flow = new DatagramFlow(static () => new EapolFilter(), begin);
        }

        byFrame[packet.Mark.Frame] = (flow!, !isReverse);
        taken += flow!.Collect(packet.Mark.Frame, !isReverse, packet.Payload, packet.PayloadLength);
    }

    /// <inheritdoc/>
    public void Leave(long frame)
    {
    }
}
