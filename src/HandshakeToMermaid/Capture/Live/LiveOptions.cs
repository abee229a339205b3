namespace HandshakeToMermaid.Capture.Live;

/// <summary>How an interface is captured from.</summary>
internal sealed record LiveOptions
{
    /// <summary>The interface's name; <c>any</c> for all of them, where the system has that.</summary>
    public required string Interface { get; init; }

    /// <summary>A BPF expression, run by the kernel; null for everything.</summary>
    public string? Filter { get; init; }

    /// <summary>The snapshot length: bytes captured of each frame.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>Bytes of the kernel's buffer: it, not the processor, decides how much is dropped in a burst.</summary>
    public int BufferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>True to see frames that are not for this machine.</summary>
    public bool IsPromiscuous { get; init; } = true;
}
