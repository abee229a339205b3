using HandshakeToMermaid.Correlation;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Looks at what a peer would check and says how each check comes out, good or bad.</summary>
internal interface IInspection
{
    /// <summary>The checks that this connection allows; nothing where it shows nothing to check.</summary>
    IEnumerable<Check> Inspect(Connection connection);
}
