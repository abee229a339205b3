using BenchmarkDotNet.Running;
using HandshakeToMermaid.Benchmarks;
using HandshakeToMermaid.Benchmarks.Generator;

// "generate SHAPE FILE" writes a capture for table.sh; anything else goes to BenchmarkDotNet ("--filter '*'" runs all).
if (args is ["generate", var shape, var path])
{
    var (names, wanted) = shape switch
    {
        "bulk" => (Samples.Usual, CaptureShape.Bulk),
        "storm" => (Samples.Usual, CaptureShape.Storm),
        "many" => (Samples.Usual, CaptureShape.Many),
        "small" => (Samples.Usual, CaptureShape.Small),
        "keyed" => (Samples.Keyed, CaptureShape.Storm),
        _ => throw new ArgumentOutOfRangeException(nameof(args), $"There is no shape '{shape}': bulk, storm, many, small or keyed."),
    };
    using var writer = new FrameWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
    new CaptureGenerator(Samples.Templates(names), wanted).Write(writer);
    if (shape == "keyed") File.WriteAllLines($"{path}.keys", names.SelectMany(name => File.ReadLines(Samples.KeyLog(name))));
    Console.WriteLine($"{path}: {writer.Frames} packets");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Samples).Assembly).Run(args);
