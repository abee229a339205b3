namespace HandshakeToMermaid.Packets.Network;

/// <summary>The part of a datagram that one fragment carried.</summary>
/// <param name="Start">Its first byte in the datagram.</param>
/// <param name="End">The byte after its last one.</param>
/// <param name="Stored">The offset of its bytes in the buffer.</param>
/// <param name="Captured">How many of its bytes the capture holds.</param>
internal readonly record struct FragmentPiece(int Start, int End, int Stored, int Captured);
