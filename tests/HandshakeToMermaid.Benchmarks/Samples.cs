using System.Reflection;
using HandshakeToMermaid.Benchmarks.Generator;

namespace HandshakeToMermaid.Benchmarks;

/// <summary>The samples of this repository: where everything that is measured comes from.</summary>
internal static class Samples
{
    /// <summary>Handshakes as clients and servers of today make them: TLS 1.2 and 1.3, new and resumed, in both families.</summary>
    public static readonly IReadOnlyList<string> Usual =
        ["tls13-success", "tls12-success", "tls13-aes256gcm", "tls13-chacha20", "hello-retry-request", "post-quantum-hello", "mutual-tls12", "ocsp-staple"];

    /// <summary>Those of TLS 1.3 whose key logs are there.</summary>
    public static readonly IReadOnlyList<string> Keyed = ["tls13-success", "tls13-aes128gcm", "tls13-aes256gcm", "tls13-chacha20"];

    /// <summary>A sample's capture.</summary>
    public static string Capture(string name)
    {
        var folder = Path.Combine(Root, "samples", name);
        return Directory.GetFiles(folder, "capture.pcap*").Single();
    }

    /// <summary>A sample's key log.</summary>
    public static string KeyLog(string name) => Path.Combine(Root, "samples", name, "keys.log");

    /// <summary>Templates of samples.</summary>
    public static IReadOnlyList<ConnectionTemplate> Templates(IEnumerable<string> names) => [.. names.Select(name => ConnectionTemplate.Read(Capture(name)))];

    /// <summary>A generated capture in memory.</summary>
    public static byte[] Generate(IEnumerable<string> names, CaptureShape shape)
    {
        using var memory = new MemoryStream();
        using (var writer = new FrameWriter(memory)) new CaptureGenerator(Templates(names), shape).Write(writer);
        return memory.ToArray();
    }

    private static string Root { get; } =
        typeof(Samples).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
}
