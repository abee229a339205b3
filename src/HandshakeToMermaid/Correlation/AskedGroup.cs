using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Correlation;

/// <summary>A resolution, with the time that orders several.</summary>
/// <param name="Group">The group.</param>
/// <param name="Asked">When it was asked for.</param>
internal readonly record struct AskedGroup(DnsResolution Group, Timestamp Asked)
{
    /// <summary>As the group says it.</summary>
    public AskedGroup(DnsResolution group)
        : this(group, group.FirstAsked)
    {
    }
}
