namespace HandshakeToMermaid.Streams;

/// <summary>The other way round.</summary>
internal static class DirectionExtensions
{
    /// <summary>The opposite direction.</summary>
    public static Direction Opposite(this Direction direction) => (Direction)(1 - (int)direction);
}
