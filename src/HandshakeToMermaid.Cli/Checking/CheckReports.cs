namespace HandshakeToMermaid.Cli.Checking;

/// <summary>All forms in which results are written; the first is the one that is written when none is named.</summary>
internal static class CheckReports
{
    public static IReadOnlyList<ICheckReport> All { get; } = [new TextReport(), new JsonReport(), new JunitReport(), new SarifReport(), new GitHubReport()];
}
