using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>The labels that findings are shown with.</summary>
internal static class FindingText
{
    /// <summary>True where the cause is only likely and its own text does not say so.</summary>
    public static bool IsOnlyLikely(Finding finding) => finding.Confidence == Confidence.Likely && !IsHedged(finding.Cause);

    /// <summary>"Likely cause" for a cause that is only likely, "Cause" for a certain one and for one whose own text already says "probably" or "may".</summary>
    public static string CauseLabel(Finding finding) => IsOnlyLikely(finding) ? "Likely cause" : "Cause";

    private static bool IsHedged(string cause) =>
        cause.Contains("probably", StringComparison.Ordinal) || cause.Contains(" may ", StringComparison.Ordinal);
}
