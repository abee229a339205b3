namespace HandshakeToMermaid.Cli.Summaries;

/// <summary>How often something was met.</summary>
/// <param name="Name">Its name: the code of a finding, a version.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Count">In how many connections.</param>
/// <param name="Example">The number of the first of them.</param>
internal sealed record SummaryCount(string Name, string Title, int Count, int Example);
