using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>An identification string: "SSH-2.0-OpenSSH_9.6".</summary>
internal sealed record SshBanner(Direction From, string Text, FrameMark First, FrameMark Last)
{
    /// <summary>"2.0".</summary>
    public string Version => Text.Split('-', 3)[1];

    /// <summary>Version 1.99 is a server that knows both (RFC 4253 section 5.1).</summary>
    public bool Fits(SshBanner other) => IsSecond(Version) == IsSecond(other.Version) || Version == Both || other.Version == Both;

    /// <summary>The first line of a direction; null where it is not complete or is no identification string.</summary>
    public static SshBanner? Of(RecordedTcpFlow flow, Direction from)
    {
        var start = flow.StartOf(from);
        var end = start[..Math.Min(start.Length, LongestLine)].IndexOf((byte)'\n');
        if (end < 0 || !start.StartsWith("SSH-"u8) || start[..end].Count((byte)'-') < 2) return null;
        FrameMark first = default, last = default;
        foreach (var segment in flow.Segments)
        {
            if (segment.From != from || segment.Start > end) continue;
            if (!first.IsSet) first = segment.Mark;
            last = segment.Mark;
        }

        return new SshBanner(from, Encoding.ASCII.GetString(start[..end]).TrimEnd('\r'), first, last);
    }

    private static bool IsSecond(string version) => version.StartsWith("2.", StringComparison.Ordinal);

    private const string Both = "1.99";

    /// <summary>With CR and LF.</summary>
    private const int LongestLine = 255;
}
