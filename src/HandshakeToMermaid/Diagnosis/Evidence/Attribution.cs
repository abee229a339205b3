using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>How far the end of a connection can be laid to something that is wrong in it.</summary>
/// <param name="Severity">An error where it ended the connection, a warning where the peer put up with it.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="Frames">The frames that show the end; empty for a warning.</param>
internal sealed record Attribution(Severity Severity, Confidence Confidence, IReadOnlyList<long> Frames);
