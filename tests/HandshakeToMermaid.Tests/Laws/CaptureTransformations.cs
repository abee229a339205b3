using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>What may happen to a capture between the wire and the reader.</summary>
internal static class CaptureTransformations
{
    /// <summary>Without a run of frames, as a kernel that was short of buffers loses them.</summary>
    public static MemoryCapture DropFrames(this MemoryCapture capture, int first, int count = 1)
        => capture with { Frames = [.. capture.Frames.Take(first), .. capture.Frames.Skip(first + count)] };

    /// <summary>With these frames alone, by their numbers.</summary>
    public static MemoryCapture KeepOnly(this MemoryCapture capture, params long[] numbers) => capture with { Frames = [.. capture.Frames.Where(frame => numbers.Contains(frame.Number))] };

    /// <summary>With every second frame, as where one of two queues was captured.</summary>
    public static MemoryCapture KeepEveryOther(this MemoryCapture capture, int from)
        => capture with { Frames = [.. capture.Frames.Where((_, i) => i % 2 == from)] };

    /// <summary>With no more than the first bytes of each frame, as a snap length leaves them.</summary>
    public static MemoryCapture CutPackets(this MemoryCapture capture, int snapLength)
        => capture with { Frames = [.. capture.Frames.Select(f => f.Data.Length <= snapLength ? f : f with { Data = f.Data[..snapLength], OriginalLength = Math.Max(f.OriginalLength, (uint)f.Data.Length) })] };

    /// <summary>Without the TCP and UDP packets that go one way, told by the order of the two endpoints, as with asymmetric routing.</summary>
    public static MemoryCapture OneDirection(this MemoryCapture capture, bool keepsClients)
    {
        var opened = new HashSet<(IpEndpoint From, IpEndpoint To)>();
        var kept = new List<MemoryFrame>();
        foreach (var (frame, headers) in capture.Frames.Zip(capture.Headers()))
        {
            if (headers.Kind is not (PacketKind.Tcp or PacketKind.Udp))
            {
                kept.Add(frame);
                continue;
            }

            if (!opened.Contains((headers.Destination, headers.Source))) opened.Add((headers.Source, headers.Destination));
            if (opened.Contains((headers.Source, headers.Destination)) == keepsClients) kept.Add(frame);
        }

        return capture with { Frames = kept };
    }

    /// <summary>With all times moved.</summary>
    public static MemoryCapture ShiftTimes(this MemoryCapture capture, Duration by)
        => capture with { Frames = [.. capture.Frames.Select(f => f with { Time = f.Time + by })], EndTime = capture.EndTime + by };

    /// <summary>Together with the frames of another capture, which begins at the same moment and has numbers of its own; the order of either stays.</summary>
    public static MemoryCapture Interleave(this MemoryCapture capture, IEnumerable<MemoryFrame> others)
    {
        var number = OthersFrom;
        var guests = others.ToList();
        if (guests.Count == 0 || capture.Frames.Count == 0) return capture;
        var by = capture.Frames[0].Time - guests[0].Time;
        var merged = new List<MemoryFrame>(capture.Frames.Count + guests.Count);
        var next = 0;
        foreach (var own in capture.Frames)
        {
            for (; next < guests.Count && guests[next].Time + by < own.Time; next++) merged.Add(guests[next] with { Number = number++, Time = guests[next].Time + by });
            merged.Add(own);
        }

        return capture with { Frames = merged };
    }

    /// <summary>The headers of each frame.</summary>
    public static IReadOnlyList<FrameHeaders> Headers(this MemoryCapture capture)
    {
        var decoder = new PacketDecoder(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);
        return [.. capture.Frames.Select(f => FrameHeaders.Of(decoder, f))];
    }

    /// <summary>The number of the first frame of somebody else.</summary>
    public const long OthersFrom = 1_000_000;
}
