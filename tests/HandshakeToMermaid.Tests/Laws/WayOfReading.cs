namespace HandshakeToMermaid.Tests.Laws;

/// <summary>When a TCP stream is read.</summary>
internal enum WayOfReading
{
    /// <summary>From what was kept, when its connection is over: a file.</summary>
    WhenOver,

    /// <summary>At once, segment by segment: an interface.</summary>
    AsItComes,
}
