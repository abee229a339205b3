namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>Learns when flows begin and end.</summary>
internal interface ITcpFlowListener
{
    /// <summary>A flow begins.</summary>
    void Opened(TcpFlow flow);

    /// <summary>More was seen of a flow than the SYN that began it.</summary>
    /// <returns>A reader that takes its bytes as they come, besides their being recorded; null for none.</returns>
    IStreamReader? ReaderFor(TcpFlow flow);

    /// <summary>The responder took a flow up: its SYN-ACK was seen.</summary>
    void Answered(TcpFlow flow);

    /// <summary>A direction of a flow has sent more than is recorded without asking.</summary>
    /// <returns>What chooses the bytes to record from here on; null to record no more.</returns>
    IRecordingFilter? FilterFor(TcpFlow flow);

    /// <summary>A flow is over: closed and lingered, idle, pushed out by a cap, replaced by a new SYN, or the capture ended.</summary>
    void Closed(TcpFlow flow, RecordedTcpFlow recorded);

    /// <summary>A flow was given up and not recorded: too many were, that nothing had answered either.</summary>
    void Dropped(TcpFlow flow);
}
