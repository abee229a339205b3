using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid;

/// <summary>A TCP connection that is over and has its place in the books, and is still to be read.</summary>
/// <param name="Flow">The flow; nobody changes it any more.</param>
/// <param name="Dialogue">What was kept of its bytes.</param>
/// <param name="Visit">Its place.</param>
internal readonly record struct EndedConnection(TcpFlow Flow, IDialogue Dialogue, Visit Visit);
