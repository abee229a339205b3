using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>What is stored of a connection until its turn comes: results, and the connection itself only where it will be drawn.</summary>
internal sealed class CheckRow
{
    private readonly CheckedConnection withoutNumber;

    public CheckRow(IReadOnlyList<CheckedAssertion> results, DiagnosedConnection diagnosed, bool isDrawn)
    {
        var connection = diagnosed.Connection;
        withoutNumber = new CheckedConnection(0, connection.Capture, Headline.Server(connection), connection.First.Time, results);
        if (isDrawn && withoutNumber.IsOffender) Offender = diagnosed;
    }

    /// <summary>The connection where it fails an assertion and is drawn; null otherwise.</summary>
    public DiagnosedConnection? Offender { get; }

    /// <summary>The results under the connection's number.</summary>
    public CheckedConnection Under(int number) => withoutNumber with { Number = number };
}
