using System.CommandLine;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>How the pictures look.</summary>
internal sealed class PictureOptions
{
    public PictureOptions(Command command)
    {
        command.Options.Add(detail);
        command.Options.Add(time);
        command.Options.Add(title);
        command.Options.Add(maxConnections);
    }

    /// <summary>How many connections are drawn in full in one picture.</summary>
    public int MaxConnections(ParseResult parsed) => parsed.GetValue(maxConnections);

    /// <summary>The look that the command line asks for.</summary>
    public DiagramOptions Read(ParseResult parsed) => new(parsed.GetValue(detail), parsed.GetValue(time), parsed.GetValue(title));

    private readonly Option<Detail> detail = new("--detail")
    {
        Description = "how much is told: brief (a slide), normal (a post-mortem), full (every extension)",
        DefaultValueFactory = static _ => Detail.Normal,
    };

    private readonly Option<TimeStyle> time = new("--time")
    {
        Description = "time on each step: delta (since the step before), relative (since the start), absolute (UTC), none",
        DefaultValueFactory = static _ => TimeStyle.Delta,
    };

    private readonly Option<string?> title = new("--title") { Description = "a title of your own", HelpName = "TEXT" };

    private readonly Option<int> maxConnections = new("--max-connections")
    {
        Description = "how many connections one picture draws in full; above it an overview is drawn",
        HelpName = "N",
        DefaultValueFactory = static _ => 8,
    };
}
