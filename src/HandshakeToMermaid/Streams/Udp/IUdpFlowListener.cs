namespace HandshakeToMermaid.Streams.Udp;

/// <summary>Notified when UDP flows end. The listener itself begins them with <see cref="UdpFlowTable.Open"/>.</summary>
internal interface IUdpFlowListener
{
    /// <summary>A flow is over: ended and lingered, idle, pushed out by a cap, replaced by another on its endpoints, or the capture ended.</summary>
    void Closed(UdpFlow flow, RecordedUdpFlow recorded);

    /// <summary>A flow was given up and not recorded: too many were, that nothing had answered either.</summary>
    void Dropped(UdpFlow flow);
}
