namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Makes lengths, counts and checksums right again: takes a node's bytes with those of its children, and gives what is to be written.</summary>
internal delegate byte[] Seal(Node node, byte[] whole);
