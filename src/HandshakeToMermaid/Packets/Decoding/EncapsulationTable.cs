namespace HandshakeToMermaid.Packets.Decoding;

/// <summary>Every path that packets of a capture were wrapped in, each as one object.</summary>
/// <param name="limit">Paths that are told apart; see <see cref="Limits.AnalyzerLimits.EncapsulationPaths"/>.</param>
internal sealed class EncapsulationTable(int limit)
{
    private readonly Dictionary<(int Outer, EncapsulationLayer Layer), EncapsulationPath> known = [];

    /// <summary>The path that leads one layer further in. Beyond the limit only names are told apart.</summary>
    public EncapsulationPath Inside(EncapsulationPath? outer, in EncapsulationLayer layer)
    {
        (int Outer, EncapsulationLayer Layer) key = (outer?.Number ?? 0, layer);
        if (known.TryGetValue(key, out var path)) return path;
        if (known.Count >= limit)
        {
            key = (0, new EncapsulationLayer(layer.Name, 0, default, default));
            if (known.TryGetValue(key, out path)) return path;
            outer = null;
        }

        path = new EncapsulationPath(outer, key.Layer, known.Count + 1);
        known.Add(key, path);
        return path;
    }
}
