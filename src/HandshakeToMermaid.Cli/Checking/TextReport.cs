using System.Text;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>A line for each assertion that does not hold, and the counts.</summary>
internal sealed class TextReport : ICheckReport
{
    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public void Write(CheckRun run, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (var connection in run.Connections)
        {
            foreach (var failed in connection.With(AssertionVerdict.Failed)) writer.WriteLine(VisibleText.Of($"✗ {connection.Number} {connection.Server}: {failed.Title}: {failed.Text}"));
        }

        var undecided = run.Count(AssertionVerdict.Undecided);
        var rest = undecided > 0 ? $", {undecided} not decided" : "";
        writer.WriteLine($"{Quantities.Count(run.Connections.Count, "connection", "connections")}: {run.Count(AssertionVerdict.Passed)} passed, {run.Count(AssertionVerdict.Failed)} failed{rest}");
    }
}
