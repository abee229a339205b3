namespace HandshakeToMermaid.Pipeline;

/// <summary>How a live analysis stands.</summary>
/// <param name="Frames">Frames seen.</param>
/// <param name="DroppedByKernel">Frames that the kernel had no room for.</param>
/// <param name="DroppedByInterface">Frames that the interface dropped.</param>
/// <param name="Open">Connections that are followed.</param>
/// <param name="Decided">Connections whose handshake is decided.</param>
/// <param name="GivenUp">Connections that were given up at a cap.</param>
internal readonly record struct WatchCounters(long Frames, long DroppedByKernel, long DroppedByInterface, int Open, int Decided, long GivenUp);
