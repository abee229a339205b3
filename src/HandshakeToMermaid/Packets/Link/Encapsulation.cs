using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Link;

/// <summary>The payload of a link or tunnel header: its offset and protocol.</summary>
/// <param name="HeaderLength">Bytes up to the next header; more than the frame holds where the frame ends inside this one.</param>
/// <param name="EtherType">What the next header is; <see cref="EtherType.None"/> where it is nothing that is read here.</param>
/// <param name="Fault">What is wrong with the header, if anything.</param>
internal readonly record struct Encapsulation(int HeaderLength, ushort EtherType, WireFault Fault = default)
{
    /// <summary>What JSON calls the tunnel: "vlan", "vxlan"; null for a header that is no tunnel of its own.</summary>
    public string? Name { get; init; }

    /// <summary>The number that tells this tunnel from others of its kind: VLAN identifier, VNI, TEID, key; 0 where it has none.</summary>
    public uint Id { get; init; }

    /// <summary>Bytes from the start of this header to the end of what it carries; null where the header does not say.</summary>
    public int? End { get; init; }

    /// <summary>Where the sender's link-layer address begins, from the start of this header; 0 where it has none.</summary>
    public int SourceAt { get; init; }

    /// <summary>The same of the receiver's; -1 where it has none.</summary>
    public int DestinationAt { get; init; } = -1;

    /// <summary>True where the header carries something that cannot be looked into.</summary>
    public bool IsUnread { get; init; }

    /// <summary>The answer of a reader that was given something else.</summary>
    public static Encapsulation NotThis { get; } = new(-1, Link.EtherType.None);

    /// <summary>True where the bytes are something else.</summary>
    public bool IsNotThis => HeaderLength < 0;
}
