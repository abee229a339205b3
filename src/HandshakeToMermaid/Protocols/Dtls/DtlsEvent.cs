using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>A cleartext event other than a handshake message: a ChangeCipherSpec, an alert, or a retransmitted datagram.</summary>
/// <param name="Order">Its index among all records of the session.</param>
/// <param name="From">Which way it went.</param>
/// <param name="Mark">Its frame.</param>
/// <param name="Alert">The alert; null where it is none.</param>
/// <param name="Repeated">What was repeated; null where nothing was.</param>
internal sealed record DtlsEvent(int Order, Direction From, FrameMark Mark, Alert? Alert, string? Repeated);
