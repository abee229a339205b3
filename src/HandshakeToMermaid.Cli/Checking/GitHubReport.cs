using System.Text;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>Workflow commands of GitHub Actions: an annotation for each assertion that does not hold.</summary>
internal sealed class GitHubReport : ICheckReport
{
    /// <inheritdoc/>
    public string Name => "github";

    /// <inheritdoc/>
    public void Write(CheckRun run, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (var connection in run.Connections)
        {
            foreach (var failed in connection.With(AssertionVerdict.Failed))
            {
                writer.WriteLine($"::error file={Property(connection.Capture)},title={Property(failed.Title)}::{Data($"Connection {connection.Number} to {connection.Server}: {failed.Text}")}");
            }
        }
    }

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    /// <summary>What a command's data may not hold is encoded; nothing of a capture begins a line, so none becomes a command.</summary>
    private static string Data(string text) => VisibleText.Of(text)
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
