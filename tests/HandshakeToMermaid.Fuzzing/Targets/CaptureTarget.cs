using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>A target whose inputs are captures.</summary>
internal abstract class CaptureTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override Grammar Grammar => CaptureGrammar.File;

    /// <inheritdoc/>
    public override bool IsCapture => true;

    /// <inheritdoc/>
    public override int LargestInput => 512 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } = [[0, 0, 0, 1], [0x16, 3, 1, 0, 4, 1, 0, 0, 0], [0x15, 3, 3, 0, 2, 2, 40], [0x14, 3, 3, 0, 1, 1], [0x17, 3, 3, 0, 0]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        yield return material.File;
        if (material.KeyLog.Length > 0 && material.Capture.Frames.Count > 0) yield return WithSecrets(material);
    }

    /// <summary>The capture as pcapng that begins with its key log.</summary>
    private static byte[] WithSecrets(Material material)
    {
        var frames = material.Capture.Frames;
        var file = CaptureFileBuilder.PcapNg(frames[0].Link).Secrets(System.Text.Encoding.ASCII.GetString(material.KeyLog));
        foreach (var frame in frames) file.Frame(frame.Time, frame.Data, frame.OriginalLength);
        return file.ToArray();
    }
}
