namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>Is told when flows begin and end.</summary>
public interface ITcpFlowListener
{
    /// <summary>A flow begins; the answer takes its bytes.</summary>
    IStreamReader Opened(TcpFlow flow);

    /// <summary>A flow is over: closed and lingered, idle, pushed out by a cap, replaced by a new SYN, or the capture ended.</summary>
    void Closed(TcpFlow flow);
}
