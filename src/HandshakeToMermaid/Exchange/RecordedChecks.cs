using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Exchange;

/// <summary>The checks that a row holds.</summary>
internal sealed class RecordedChecks(IReadOnlyList<Check> checks) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<Check> Inspect(Connection connection) => checks;
}
