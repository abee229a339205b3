namespace HandshakeToMermaid.Streams;

/// <summary>
/// Hands out order numbers: one source is shared by everything that can become a row (flows, DNS queries), so that rows
/// keep the order in which they were first seen, whenever they end.
/// </summary>
internal sealed class OrdinalSource
{
    private long last;

    /// <summary>The next number, 1 for the first.</summary>
    public long Next() => ++last;
}
