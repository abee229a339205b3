using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Recognises one kind of trouble in a connection.</summary>
public interface IRule
{
    /// <summary>Says what it found; nothing where it does not apply. Must not judge what the capture does not show.</summary>
    IEnumerable<Finding> Examine(Connection connection);
}
