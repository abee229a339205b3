namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>Learns when flows begin and end.</summary>
internal interface ITcpFlowListener
{
    /// <summary>A flow begins.</summary>
    /// <returns>A reader that takes its bytes as they come, besides their being recorded; null for none.</returns>
    IStreamReader? Opened(TcpFlow flow);

    /// <summary>A direction of a flow has sent more than is recorded without asking.</summary>
    /// <returns>What chooses the bytes to record from here on; null to record no more.</returns>
    IRecordingFilter? FilterFor(TcpFlow flow);

    /// <summary>A flow is over: closed and lingered, idle, pushed out by a cap, replaced by a new SYN, or the capture ended.</summary>
    void Closed(TcpFlow flow, RecordedTcpFlow recorded);
}
