using BenchmarkDotNet.Attributes;
using HandshakeToMermaid.Benchmarks.Generator;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets.Decoding;

namespace HandshakeToMermaid.Benchmarks.Rooms;

/// <summary>Frames out of a file in memory; then their headers.</summary>
[MemoryDiagnoser]
public class CaptureBenchmarks
{
    private readonly byte[] file = Samples.Generate(Samples.Usual, CaptureShape.Bulk with { Connections = 16, Concurrency = 8 });

    /// <summary>Records alone.</summary>
    [Benchmark(Baseline = true)]
    public long Frames()
    {
        using var source = CaptureFiles.Open(new MemoryStream(file), "memory", AnalyzerLimits.Default);
        long bytes = 0;
        while (source.TryRead(out var frame)) bytes += frame.Data.Length;
        return bytes;
    }

    /// <summary>Records and their link, network and transport headers.</summary>
    [Benchmark]
    public long Packets()
    {
        using var source = CaptureFiles.Open(new MemoryStream(file), "memory", AnalyzerLimits.Default);
        var decoder = new PacketDecoder(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);
        long payload = 0;
        while (source.TryRead(out var frame))
        {
            decoder.Decode(in frame, out var packet);
            payload += packet.PayloadLength;
        }

        return payload;
    }

    /// <summary>Everything: streams, protocols, judgement. In such a capture nearly all packets are past the handshake.</summary>
    [Benchmark]
    public int Connections() => Analysis.Count(file);
}
