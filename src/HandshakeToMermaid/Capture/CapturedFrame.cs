namespace HandshakeToMermaid.Capture;

/// <summary>One frame, over the reader's own buffer: valid until the next frame is read.</summary>
internal readonly ref struct CapturedFrame
{
    /// <summary>Describes one frame.</summary>
    public CapturedFrame(FrameMark mark, LinkType link, ReadOnlySpan<byte> data, uint originalLength)
    {
        Mark = mark;
        Link = link;
        Data = data;
        OriginalLength = originalLength;
    }

    /// <summary>Its number and time.</summary>
    public FrameMark Mark { get; }

    /// <summary>How its first header reads.</summary>
    public LinkType Link { get; }

    /// <summary>The bytes that were captured.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>How many bytes there were on the wire; more than <see cref="Data"/> holds where a snap length cut the frame.</summary>
    public uint OriginalLength { get; }
}
