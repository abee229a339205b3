using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>Findings and checks as text for review: everything that a user is shown, but for the aliases, which have a file of their own.</summary>
internal static partial class FindingText
{
    /// <summary>What is found of each connection, keys masked: those of played certificates are new each time.</summary>
    public static string Of(IEnumerable<(IReadOnlyList<Finding> Findings, IReadOnlyList<Check> Checks)> connections)
    {
        var text = new StringBuilder();
        foreach (var (findings, checks) in connections)
        {
            foreach (var finding in findings) Write(text, finding);
            if (checks.Count > 0) text.Append("checks: ").AppendJoin(", ", checks.Select(Of)).Append('\n');
        }

        return Key().Replace(text.ToString(), "sha256/...");
    }

    private static void Write(StringBuilder text, Finding finding)
    {
        text.Append(finding.Code).Append(" (").Append(finding.Severity.ToString().ToLowerInvariant()).Append(", ").Append(finding.Confidence.ToString().ToLowerInvariant()).Append("): ").Append(finding.Title).Append('\n');
        text.Append("  why: ").Append(finding.Cause).Append("\n  fix: ").Append(finding.Fix).Append("\n  ");
        text.Append(finding.At is { } at ? $"at {at.Title} of frame {at.Last.Frame}, " : "").Append("frames ").AppendJoin(' ', finding.Frames);
        if (finding.Spec is { } spec) text.Append(", ").Append(spec);
        if (finding.FollowsFrom is { } cause) text.Append(", follows from ").Append(cause);
        if (finding.ExcusesEnd) text.Append(", no failure");
        text.Append('\n');
    }

    private static string Of(Check check)
    {
        var result = check.Passed switch { true => "passed", false => "failed", null => "not checked" };
        var signers = check.Signers.Count == 0 ? "" : $" by {string.Join(", ", check.Signers)}";
        return $"{check.What} {result} ({check.Text}{signers}, {check.By.ToString().ToLowerInvariant()}, frame {check.At?.Last.Frame})";
    }

    [GeneratedRegex("sha256/[A-Za-z0-9+/=]{44}")]
    private static partial Regex Key();
}
