namespace HandshakeToMermaid.Wire;

/// <summary>The way out of a vector that a <see cref="WireReader"/> entered.</summary>
/// <param name="OuterEnd">Where the enclosing bytes end.</param>
/// <param name="Field">The vector's name as its RFC writes it.</param>
internal readonly record struct BoundedScope(int OuterEnd, string Field);
