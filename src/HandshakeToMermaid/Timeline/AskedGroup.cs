using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Timeline;

/// <summary>A group of look-ups, with what many are told apart by.</summary>
/// <param name="Group">The group.</param>
/// <param name="Asked">When it was asked for.</param>
internal readonly record struct AskedGroup(LookupGroup Group, Timestamp Asked)
{
    /// <summary>As the group says it.</summary>
    public AskedGroup(LookupGroup group)
        : this(group, group.FirstAsked)
    {
    }
}
