using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>
/// Reads decrypted application data: as the way through a proxy where its first bytes are an HTTP/1 CONNECT, else as usual. Waits for the end of the request
/// line at most.
/// </summary>
/// <param name="client">The direction in which the client sends.</param>
/// <param name="tunnel">Begins to read the way through a proxy.</param>
/// <param name="usual">Begins to read anything else.</param>
internal sealed class TunnelChoice(Direction client, Func<IStreamSession> tunnel, Func<IStreamSession> usual) : IStreamSession
{
    private readonly List<(byte[] Bytes, FrameMark Mark)> waiting = [];
    private byte[] start = [];
    private IStreamSession? chosen;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (chosen is null && from == client)
        {
            start = [.. start, .. bytes];
            waiting.Add((bytes.ToArray(), mark));
            var verdict = HttpConnectDialect.Probe(start);
            if (verdict != ProbeVerdict.Unsure) Choose(verdict == ProbeVerdict.Certain);
            return;
        }

        // A proxy answers behind the request.
        Choose(isTunnel: false).Bytes(from, bytes, mark);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap) => Choose(isTunnel: false).Gap(from, gap);

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => chosen is not null && chosen.IsSatisfied(from);

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed) => Choose(isTunnel: false).Finish(isClosed);

    private IStreamSession Choose(bool isTunnel)
    {
        if (chosen is not null) return chosen;
        chosen = isTunnel ? tunnel() : usual();
        foreach (var (bytes, mark) in waiting) chosen.Bytes(client, bytes, mark);
        waiting.Clear();
        return chosen;
    }
}
