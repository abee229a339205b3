using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Redaction;

/// <summary>Checks that were made before, with pseudonyms.</summary>
internal sealed class RedactedChecks(IReadOnlyList<Check> checks) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<Check> Inspect(Connection connection) => checks;
}
