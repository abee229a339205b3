using HandshakeToMermaid.Correlation;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Repeats what a peer would check and reports the result of each check.</summary>
internal interface IInspection
{
    /// <summary>The checks that this connection allows; nothing where it shows nothing to check.</summary>
    IEnumerable<Check> Inspect(Connection connection);
}
