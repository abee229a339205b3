using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Something in clear beside handshake messages: a ChangeCipherSpec, an alert, or a datagram that repeats another.</summary>
/// <param name="Order">Its place among all records of the dialogue.</param>
/// <param name="From">Which way it went.</param>
/// <param name="Mark">Its frame.</param>
/// <param name="Alert">The alert; null where it is none.</param>
/// <param name="Repeated">What was repeated; null where nothing was.</param>
internal sealed record DtlsEvent(int Order, Direction From, FrameMark Mark, Alert? Alert, string? Repeated);
