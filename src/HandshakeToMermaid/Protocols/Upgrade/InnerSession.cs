using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Reads what passes through a tunnel that is itself inside TLS.</summary>
/// <param name="session">Reads it as it would without the tunnel.</param>
internal sealed class InnerSession(IStreamSession session) : IStreamSession
{
    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark) => session.Bytes(from, bytes, mark);

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap) => session.Gap(from, gap);

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => session.IsSatisfied(from);

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed) => [.. session.Finish(isClosed).Select(static f => new InnerFacts(f))];
}
