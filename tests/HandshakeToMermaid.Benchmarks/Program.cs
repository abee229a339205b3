using BenchmarkDotNet.Running;
using HandshakeToMermaid.Benchmarks;
using HandshakeToMermaid.Benchmarks.Generator;

// "generate SHAPE FILE" writes a capture for table.sh; anything else goes to BenchmarkDotNet ("--filter '*'" runs all).
if (args is ["generate", "quic", var quic])
{
    using var writer = new FrameWriter(new FileStream(quic, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
    new QuicGenerator(Samples.Capture("quic-success"), CaptureShape.Handshakes.Connections).Write(writer);
    Console.WriteLine($"{quic}: {writer.Frames} packets");
    return;
}

if (args is ["generate", var shape, var path])
{
    var (names, wanted) = shape switch
    {
        "bulk" => (Samples.Usual, CaptureShape.Bulk),
        "storm" => (Samples.Usual, CaptureShape.Storm),
        "many" => (Samples.Usual, CaptureShape.Many),
        "small" => (Samples.Usual, CaptureShape.Small),
        "handshakes" => (["tls13-success"], CaptureShape.Handshakes),
        "datagrams" or "ignored" => (Samples.Usual, CaptureShape.Shower),
        "keyed" => (Samples.Keyed, CaptureShape.Storm),
        _ => throw new ArgumentOutOfRangeException(nameof(args), $"There is no shape '{shape}': bulk, storm, many, small, keyed, datagrams, ignored, handshakes or quic."),
    };
    using var writer = new FrameWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
    var templates = Samples.Templates(names);
    new CaptureGenerator(templates, wanted).Write(writer);
    // Number 253 is for experiments (RFC 3692): nobody reads it.
    if (shape is "datagrams" or "ignored") new DatagramGenerator((byte)(shape == "datagrams" ? 17 : 253), (templates[0].Begin.Nanoseconds / 1000) + 60_000_000).Write(writer);
    if (shape == "keyed") File.WriteAllLines($"{path}.keys", names.SelectMany(name => File.ReadLines(Samples.KeyLog(name))));
    Console.WriteLine($"{path}: {writer.Frames} packets");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Samples).Assembly).Run(args);
