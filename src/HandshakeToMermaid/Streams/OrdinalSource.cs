namespace HandshakeToMermaid.Streams;

/// <summary>
/// Hands out order numbers: one source is shared by everything that can become a row (flows, DNS queries), so that rows
/// keep the order in which they were first seen, whenever they end.
/// </summary>
internal sealed class OrdinalSource
{
    /// <summary>The last number; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The next number, 1 for the first.</summary>
    public long Next() => ++Last;
}
