using System.CommandLine;
using HandshakeToMermaid.Cli.Embedding;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m embed</c>: keeps the diagrams of Markdown files current.</summary>
internal static class EmbedCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("embed", Description);
        var files = new Argument<string[]>("FILE.md") { Arity = ArgumentArity.OneOrMore, Description = "Markdown file with markers" };
        var check = new Option<bool>("--check") { Description = "change nothing: list the diagrams that are not current and exit 1 if there is one" };
        var outside = new Option<bool>("--allow-outside") { Description = "let markers name files outside the repository of their Markdown file" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "print nothing but errors on standard error" };
        command.Arguments.Add(files);
        command.Options.Add(check);
        command.Options.Add(outside);
        command.Options.Add(quiet);
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Embed(parsed.GetRequiredValue(files), parsed.GetValue(check), parsed.GetValue(outside), parsed.GetValue(quiet), interruption, cancellation)));
        return command;
    }

    private static int Embed(string[] files, bool checksOnly, bool allowsOutside, bool isQuiet, Interruption interruption, CancellationToken cancellation)
    {
        using var listed = new StreamWriter(new StandardOutput()) { NewLine = "\n", AutoFlush = true };
        var embedding = new FileEmbedding(checksOnly, allowsOutside, isQuiet, listed, cancellation);

        // A file is replaced as a whole or not at all, so what is done by then stays.
        interruption.BeginGrace();
        try
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                embedding.Do(file);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }

        if (!isQuiet) Say(embedding, checksOnly);
        if (embedding.Failed > 0) return ExitCode.Unreadable;
        if (embedding.Markers == 0) return ExitCode.Nothing;
        if (checksOnly && embedding.Stale > 0) return ExitCode.ConditionMet;
        return embedding.IsIncomplete ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static void Say(FileEmbedding embedding, bool checksOnly)
    {
        if (embedding.Markers == 0 && embedding.Failed == 0) Console.Error.WriteLine("h2m: there is no marker: <!-- h2m: CAPTURE --> before a diagram and <!-- /h2m --> behind it.");
        if (checksOnly && embedding.Stale > 0) Console.Error.WriteLine($"h2m: {Quantities.Count(embedding.Stale, "diagram is", "diagrams are")} stale: 'h2m embed' without --check redraws them.");
    }

    private const string Description = """
        Redraws the diagrams between markers in Markdown files, and changes nothing else:

          <!-- h2m: captures/incident.pcapng --connection 1 --time none -->
          <!-- /h2m -->

        The first marker takes the arguments of 'h2m convert', without -o; the formats are mermaid (the
        default), text, json and markdown. Files are relative to the Markdown file and must be in its
        repository. A marker that cannot be drawn is reported, with exit code 3, and the others are drawn.

        Examples:
          h2m embed README.md docs/*.md
          h2m embed --check README.md docs/*.md
        """;
}
