using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>Reads the identification string of each direction; what follows is not read.</summary>
internal sealed class SshProtocol : IStreamProtocol
{
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow)
    {
        if (start.StartsWith("SSH-2.0-"u8) || start.StartsWith("SSH-1."u8)) return ProbeVerdict.Certain;
        return "SSH-2.0-"u8.StartsWith(start) || "SSH-1."u8.StartsWith(start) ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
    }

    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow)
    {
        var stream = (RecordedTcpFlow)flow;
        SshBanner?[] banners = [SshBanner.Of(stream, Direction.Forward), SshBanner.Of(stream, Direction.Reverse)];
        return [new SshFacts([.. banners.OfType<SshBanner>().OrderBy(b => b.Last.Frame)])];
    }
}
