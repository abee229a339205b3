namespace HandshakeToMermaid.Packets;

/// <summary>
/// What a packet was wrapped in, from the outermost layer to this one. There is one object for each such path of a capture, so that two packets came the
/// same way where theirs is the same object; null stands for a packet that was wrapped in nothing.
/// </summary>
/// <param name="outer">What this layer was wrapped in; null where it is the outermost.</param>
/// <param name="layer">The layer itself.</param>
/// <param name="number">A number of its own, from 1.</param>
internal sealed class EncapsulationPath(EncapsulationPath? outer, EncapsulationLayer layer, int number)
{
    /// <summary>What this layer was wrapped in; null where it is the outermost.</summary>
    public EncapsulationPath? Outer => outer;

    /// <summary>The innermost layer.</summary>
    public EncapsulationLayer Layer => layer;

    /// <summary>A number of its own, from 1.</summary>
    public int Number => number;

    /// <summary>The layers, outermost first.</summary>
    public IReadOnlyList<EncapsulationLayer> Layers
    {
        get
        {
            List<EncapsulationLayer> layers = [];
            for (var at = this; at is not null; at = at.Outer) layers.Add(at.Layer);
            layers.Reverse();
            return layers;
        }
    }
}
