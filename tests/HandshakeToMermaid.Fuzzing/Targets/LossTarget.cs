using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>
/// What a capture lacks is no event: frames are lost in any pattern, cut short or captured one way only, and no error appears that the whole capture does
/// not have. An input is a kind of loss, eight bytes that choose what is lost, and the name of a sample: only of true connections the errors are known to be true.
/// </summary>
internal sealed class LossTarget : FuzzTarget
{
    private readonly SortedDictionary<string, MemoryCapture> captures = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => "loss";

    /// <inheritdoc/>
    public override string Summary => "frames lost from true captures, in any pattern: no error of another cause appears";

    /// <inheritdoc/>
    public override Grammar Grammar => static node =>
    {
        var cut = new Cutter(node.Bytes);
        cut.Fixed("loss", 1);
        cut.Fixed("loss seed", 8);
        cut.Rest("sample", null);
        cut.Into(node);
    };

    /// <inheritdoc/>
    public override int LargestInput => 64;

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (512_000_000, 4_000);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Time => (10_000_000, 200);

    /// <inheritdoc/>
    public override int ShortRun => 150;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (!material.Name.StartsWith("samples", StringComparison.Ordinal)) yield break;
        var sample = Path.GetFileName(Path.GetDirectoryName(material.Name)!);
        captures[sample] = material.Capture;
        foreach (byte what in (byte[])[0, 1, 2, 3, 4]) yield return [what, 1, 2, 3, 4, 5, 6, 7, 8, .. Encoding.ASCII.GetBytes(sample)];
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        if (input.Length < 9 || captures.Count == 0) return;
        if (!captures.TryGetValue(Encoding.ASCII.GetString(input.AsSpan(9)), out var capture)) capture = captures.Values.ElementAt(CaptureReading.NumberOf(input) % captures.Count);
        var random = new Random((int)Wire.SpanHash.Of(input, 7));
        var left = Lossy(capture, input[0], random);
        byte[] keyLog = random.Next(2) == 0 ? [] : capture.KeyLog;
        var way = keyLog.Length > 0 ? WayOfReading.WhenOver : (WayOfReading)random.Next(2);
        if (LossIsSaid.Violations(capture.Read(keyLog, way), left, keyLog, way).FirstOrDefault() is { } violation)
            throw new InvariantException($"loss is no error{KindOf(violation)}", $"{capture.Name}, {way}, {left.Frames.Count} of {capture.Frames.Count} frames ({string.Join(' ', left.Frames.Select(f => f.Number))}): {violation}");
    }

    /// <summary>The code of the error that appeared, so that each is told once.</summary>
    private static string KindOf(string violation) => Regex.Match(violation, @": (error )?(?<code>[a-z0-9-]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["code"] is { Success: true } code ? $" ({code.Value})" : "";

    private static MemoryCapture Lossy(MemoryCapture capture, byte what, Random random)
    {
        var rate = random.Next(1, 90);
        var kept = capture with { Frames = [.. capture.Frames.Where(_ => random.Next(100) >= rate)] };
        return (what % 5) switch
        {
            0 => kept,
            1 => kept.CutPackets(random.Next(60, 200)),
            2 => capture.DropFrames(random.Next(capture.Frames.Count), random.Next(1, 12)).DropFrames(random.Next(capture.Frames.Count), random.Next(1, 4)),
            3 => capture.DropFrames(random.Next(capture.Frames.Count)).OneDirection(keepsClients: random.Next(2) == 0),
            _ => capture.CutPackets(random.Next(40, 1500)),
        };
    }
}
