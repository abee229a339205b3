using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>A protocol that is recognised in a TCP stream by its content.</summary>
internal interface IStreamProtocol : IProtocol
{
    /// <summary>Judges the first bytes of one direction. Must bear any bytes.</summary>
    ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow);

    /// <summary>
    /// The server's name as the initiator asked for it, where its first bytes give it: whatever else the flow holds, this is what it is found by.
    /// </summary>
    /// <param name="start">The first bytes of the initiator, up to the first gap.</param>
    /// <param name="name">The name; null where the client named none.</param>
    /// <returns>False where the flow must be read to know.</returns>
    bool TryServerName(ReadOnlySpan<byte> start, out string? name)
    {
        name = null;
        return false;
    }

    /// <summary>Chooses what is recorded of a flow that goes on beyond <see cref="Limits.AnalyzerLimits.RecordedBytes"/>; null to record no more.</summary>
    IRecordingFilter? FilterFor(RecordedTcpFlow soFar) => null;
}
