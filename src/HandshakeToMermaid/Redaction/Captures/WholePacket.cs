namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>A datagram that was put together from fragments.</summary>
/// <param name="frame">The frame that completed it.</param>
/// <param name="bytes">An IP header without options and what follows it, as far as it was captured; rewritten in place.</param>
/// <param name="layout">Where its headers lie.</param>
internal sealed class WholePacket(long frame, byte[] bytes, FrameLayout layout)
{
    /// <summary>The number of the frame that completed it.</summary>
    public long Frame => frame;

    /// <summary>Its bytes from the IP header on.</summary>
    public byte[] Bytes => bytes;

    /// <summary>Where its headers lie.</summary>
    public FrameLayout Layout => layout;

    /// <summary>True once nothing of the original is in its bytes.</summary>
    public bool IsRewritten { get; set; }
}
