using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagnosis;

/// <summary>Captures of other projects: no success is called an error, no failure goes without one.</summary>
public sealed class SharedFindingsTests
{
    [SkippableFact]
    public void No_successful_handshake_has_an_error_and_every_failed_one_has()
    {
        var wrong = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Checkout.Shared("captures", "captures")))
        {
            foreach (var connection in Reading.Of(path))
            {
                var error = connection.Findings.FirstOrDefault(f => f.Severity == Severity.Error);
                var outcome = connection.Connection.Outcome;
                if (outcome.Class == OutcomeClass.NotTls) continue;
                // Opened and closed without a word, or taken back: it ended early, and nothing went wrong.
                var isUnused = connection.Findings is [{ Code: "closed-early", Severity: Severity.Info }, ..];
                if ((error is not null) != (outcome.IsFailure && !isUnused)) wrong.Add($"{Path.GetFileName(path)} {connection.Connection.Id}: {outcome.Class}, {error?.Code ?? "no error"}");
            }
        }

        Assert.Empty(wrong);
    }
}
