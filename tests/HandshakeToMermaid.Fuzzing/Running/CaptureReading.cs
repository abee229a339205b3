using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>Reads captures in memory as a user's file is read.</summary>
internal static class CaptureReading
{
    /// <summary>What is found; null where the bytes are no capture, which is said in a sentence.</summary>
    public static List<DiagnosedConnection>? Connections(byte[] input, int threads)
    {
        if (Open(input) is not { } source) return null;
        using (source)
        {
            var found = new List<DiagnosedConnection>();
            new HandshakeAnalyzer(new AnalyzerOptions { Threads = threads }).Analyze(source, found.Add);
            return found;
        }
    }

    /// <summary>The capture; null where the bytes are none.</summary>
    public static ICaptureSource? Open(byte[] input)
    {
        try
        {
            return CaptureFiles.Open(new MemoryStream(input), "fuzz", AnalyzerLimits.Default);
        }
        catch (CaptureException refused)
        {
            if (!refused.Message.EndsWith('.')) throw new InvariantException("a refusal is a sentence", refused.Message);
            return null;
        }
    }

    /// <summary>A number by which an input chooses among options: the same for the same bytes.</summary>
    public static int NumberOf(byte[] input) => (int)(Wire.SpanHash.Of(input, 1) & 0x7FFF_FFFF);
}
