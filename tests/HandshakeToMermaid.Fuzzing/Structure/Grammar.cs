namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Splits the bytes of a node into a header of its own and children; leaves it as it is where they are something else.</summary>
internal delegate void Grammar(Node node);
