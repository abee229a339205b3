namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>An Initial packet that was opened.</summary>
/// <param name="Datagram">Which of the stored datagrams it is in.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Length">Its length.</param>
/// <param name="Header">Its header up to the number, unprotected.</param>
/// <param name="Number">Its number.</param>
/// <param name="Payload">Its frames.</param>
/// <param name="Keys">What opened it.</param>
internal sealed record QuicInitial(int Datagram, int Offset, int Length, byte[] Header, ulong Number, byte[] Payload, QuicInitialKeyName Keys);
