using BenchmarkDotNet.Attributes;
using HandshakeToMermaid.Benchmarks.Generator;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Benchmarks.Rooms;

/// <summary>Short connections: streams, DNS, TLS, certificates and judgement.</summary>
[MemoryDiagnoser]
public class HandshakeBenchmarks
{
    private readonly byte[] storm = Samples.Generate(Samples.Usual, CaptureShape.Storm with { Connections = Connections });
    private readonly byte[] keyed = Samples.Generate(Samples.Keyed, CaptureShape.Storm with { Connections = Connections });
    private readonly SecretStore secrets = new();

    /// <summary>Reads the key logs.</summary>
    public HandshakeBenchmarks()
    {
        foreach (var name in Samples.Keyed) KeyLog.Read(File.ReadAllBytes(Samples.KeyLog(name)), secrets);
    }

    /// <summary>Without keys.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Connections)]
    public int Closed() => Analysis.Count(storm);

    /// <summary>With the keys of every connection: decryption and all that it opens, but no signatures.</summary>
    [Benchmark(OperationsPerInvoke = Connections)]
    public int Opened() => Analysis.Count(keyed, secrets);

    private const int Connections = 5000;
}
