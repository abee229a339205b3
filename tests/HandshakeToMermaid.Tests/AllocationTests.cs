using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests;

/// <summary>A packet past the handshake goes through all rooms without a byte from the heap: only so are gigabytes read in constant memory.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Packets_past_the_handshake_allocate_nothing()
    {
        using var mint = CertificateMint.Leaf(null);
        var file = PlayedHandshake.Transfer(20_000, mint.Der);

        // The runtime may allocate for itself while it compiles the loop better: one of a few rounds must be free of it.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedBetweenTicks(file)));
    }

    /// <summary>What the quietest run of 4,096 frames allocated; the handshake and the first data are in the first such run.</summary>
    private static long AllocatedBetweenTicks(byte[] file)
    {
        var marks = new List<long>(16);
        using var source = CaptureFiles.Open(new MemoryStream(file), "memory", AnalyzerLimits.Default);
        var connections = 0;
        var summary = new HandshakeAnalyzer().Analyze(source, _ => connections++, () => marks.Add(GC.GetAllocatedBytesForCurrentThread()));
        Assert.Equal(1, connections);
        Assert.InRange(summary.Frames, 20_000, long.MaxValue);
        Assert.InRange(marks.Count, 5, 16);
        return Enumerable.Range(2, marks.Count - 2).Max(i => marks[i] - marks[i - 1]);
    }
}
