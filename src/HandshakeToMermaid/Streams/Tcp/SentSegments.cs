using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>The first few segments of one direction that were captured and not acknowledged: which frames carried bytes that never arrived.</summary>
internal struct SentSegments
{
    private Ring ring;
    private int first;
    private int count;

    /// <summary>The segments, oldest first.</summary>
    public readonly IReadOnlyList<(long Start, long End, long Frame)> All
    {
        get
        {
            var all = new (long, long, long)[count];
            for (var i = 0; i < count; i++)
            {
                var segment = ring[(first + i) % Length];
                all[i] = (segment.Start, segment.End, segment.Frame);
            }

            return all;
        }
    }

    /// <summary>The frame of the segment that begins at a position; 0 where there is none.</summary>
    public readonly long FrameOf(long position)
    {
        for (var i = 0; i < count; i++)
        {
            var segment = ring[(first + i) % Length];
            if (segment.Start == position) return segment.Frame;
        }

        return 0;
    }

    /// <summary>Remembers a segment while there is room.</summary>
    public void Add(long start, long end, long frame)
    {
        if (count == Length) return;
        ring[(first + count++) % Length] = new Segment(start, end, frame);
    }

    /// <summary>Forgets what the receiver has.</summary>
    public void Acknowledge(long position)
    {
        while (count > 0 && ring[first].End <= position)
        {
            first = (first + 1) % Length;
            count--;
        }
    }

    private const int Length = 6;

    private readonly record struct Segment(long Start, long End, long Frame);

    [InlineArray(Length)]
    private struct Ring
    {
        private Segment element;
    }
}
