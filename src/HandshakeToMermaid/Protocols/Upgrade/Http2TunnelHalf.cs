using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Http;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>One direction of HTTP/2 in which a CONNECT may be.</summary>
/// <param name="receiver">Takes its header blocks and data.</param>
/// <param name="preface">What it begins with in front of its first frame; empty for a server.</param>
internal sealed class Http2TunnelHalf(IHttp2Receiver receiver, ReadOnlyMemory<byte> preface)
{
    private int matched;

    /// <summary>Its frames.</summary>
    public Http2Frames Frames { get; } = new(receiver, IsKept);

    /// <summary>The frame of the bytes that are being read.</summary>
    public FrameMark Mark { get; private set; }

    /// <summary>True where bytes are missing: the next frame cannot be found behind them.</summary>
    public bool IsLost { get; set; }

    /// <summary>Takes bytes; false where they do not begin as HTTP/2.</summary>
    public bool Feed(ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        Mark = mark;
        if (matched < preface.Length)
        {
            var part = Math.Min(bytes.Length, preface.Length - matched);
            if (!bytes[..part].SequenceEqual(preface.Span.Slice(matched, part))) return false;
            matched += part;
            bytes = bytes[part..];
        }

        Frames.Feed(bytes, mark);
        return true;
    }

    private static bool IsKept(string name) => name is "proxy-authenticate" || HttpHead.IsRecorded(name);
}
