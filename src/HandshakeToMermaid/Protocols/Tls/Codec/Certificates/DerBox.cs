namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>The way out of a value that a <see cref="DerReader"/> went into.</summary>
internal readonly record struct DerBox(int OuterEnd, int Next, bool IsCut, string Field);
