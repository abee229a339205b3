using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that is recognised in a TCP stream by its content.</summary>
public interface IStreamProtocol
{
    /// <summary>Judges the first bytes of one direction. Must bear any bytes.</summary>
    ProbeVerdict Probe(ReadOnlySpan<byte> start, TcpFlow flow);

    /// <summary>Begins to follow a stream; it is given all bytes from the first on.</summary>
    IStreamDialogue Begin(TcpFlow flow);
}
