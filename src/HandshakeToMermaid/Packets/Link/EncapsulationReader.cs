namespace HandshakeToMermaid.Packets.Link;

/// <summary>Reads one link or tunnel header at the start of <paramref name="bytes"/>, which may end anywhere.</summary>
internal delegate Encapsulation EncapsulationReader(ReadOnlySpan<byte> bytes);
