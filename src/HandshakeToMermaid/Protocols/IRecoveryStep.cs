namespace HandshakeToMermaid.Protocols;

/// <summary>Marks a step that repairs or reports a loss rather than being part of a dialogue: a retransmission, a gap.</summary>
public interface IRecoveryStep;
