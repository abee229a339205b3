using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>All that a source gave, copied so that it can be compared.</summary>
internal sealed record ReadCapture(IReadOnlyList<ReadFrame> Frames, IReadOnlyList<CaptureDamage> Damages, ICaptureSource Source)
{
    /// <summary>Reads a capture held in memory to its end.</summary>
    public static ReadCapture Of(byte[] file, AnalyzerLimits? limits = null) =>
        Of(CaptureFiles.Open(new MemoryStream(file), "memory", limits ?? AnalyzerLimits.Default));

    /// <summary>Reads what paths name to its end.</summary>
    public static ReadCapture OfPaths(params string[] paths) => Of(CaptureFiles.Open(paths, AnalyzerLimits.Default));

    /// <summary>Reads a source to its end, and asks once more.</summary>
    public static ReadCapture Of(ICaptureSource source)
    {
        using (source)
        {
            var frames = new List<ReadFrame>();
            while (source.TryRead(out var frame))
            {
                frames.Add(new ReadFrame(frame.Mark.Frame, frame.Mark.Time.Nanoseconds, frame.Link.Code, Convert.ToHexString(frame.Data), frame.OriginalLength, source.Name));
            }

            Assert.False(source.TryRead(out _));
            return new ReadCapture(frames, [.. source.Damages], source);
        }
    }
}
