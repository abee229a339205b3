using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>A connection with both hellos, no fatal alert before its end and data both ways has no finding of severity error.</summary>
internal static class Goodness
{
    /// <summary>What the law finds wrong.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<DiagnosedConnection> found)
    {
        foreach (var diagnosed in found)
        {
            if (diagnosed.Connection.FactsOf<TlsFacts>() is not { ClientHello: not null, ServerHello: not null } facts) continue;
            if (facts.Alerts.Any(a => a.IsFatal)) continue;
            if (!facts.HasData(Direction.Forward) || !facts.HasData(Direction.Reverse)) continue;
            foreach (var finding in diagnosed.Findings.Where(f => f.Severity == Severity.Error))
                yield return $"connection {diagnosed.Connection.Id}: {finding.Code} ({finding.Confidence.ToString().ToLowerInvariant()}), outcome {diagnosed.Connection.Outcome.Class}";
            if (diagnosed.IsFailed) yield return $"connection {diagnosed.Connection.Id}: outcome {diagnosed.Connection.Outcome.Class} is a failure";
        }
    }
}
