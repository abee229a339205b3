namespace HandshakeToMermaid.Packets;

/// <summary>One tunnel or tag around a packet.</summary>
/// <param name="Name">What JSON calls it: "vlan", "vxlan".</param>
/// <param name="Id">The number that tells it from others of its kind: VLAN identifier, VNI, TEID, key; 0 where it has none.</param>
/// <param name="Lower">The end of the tunnel whose address is the smaller number, so that both ways are one tunnel; not set for a tag.</param>
/// <param name="Upper">The other end.</param>
internal readonly record struct EncapsulationLayer(string Name, uint Id, IpAddress Lower, IpAddress Upper)
{
    /// <summary>A layer between two ends, in either order.</summary>
    public static EncapsulationLayer Between(string name, uint id, IpAddress one, IpAddress other)
    {
        var isOrdered = one.High < other.High || (one.High == other.High && one.Low <= other.Low);
        return isOrdered ? new(name, id, one, other) : new(name, id, other, one);
    }
}
