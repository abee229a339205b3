using System.CommandLine;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>How the pictures look.</summary>
internal sealed class DrawingOptions
{
    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isComparison">True for the picture of a comparison, of which only the title can be chosen.</param>
    public DrawingOptions(Command command, bool isComparison = false)
    {
        if (isComparison)
        {
            command.Options.Add(title);
            return;
        }

        detail.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "brief", "normal", "full");
        time.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "delta", "relative", "absolute", "none");
        command.Options.Add(detail);
        command.Options.Add(time);
        command.Options.Add(title);
        command.Options.Add(maxConnections);
        command.Options.Add(explain);
        command.Options.Add(timeline);
    }

    /// <summary>How many connections are drawn in full; null for what suits the form.</summary>
    public int? MaxConnections(ParseResult parsed) => parsed.GetValue(maxConnections);

    /// <summary>True where many connections are wanted as a waterfall.</summary>
    public bool IsTimeline(ParseResult parsed) => parsed.GetValue(timeline);

    /// <summary>True where each message is to say what it is for.</summary>
    public bool IsExplained(ParseResult parsed) => parsed.GetValue(explain);

    /// <summary>The look that the command line asks for.</summary>
    public DiagramOptions Read(ParseResult parsed) => new(parsed.GetValue(detail) ?? Detail.Normal, parsed.GetValue(time) ?? TimeStyle.Delta, parsed.GetValue(title), parsed.GetValue(explain));

    private readonly Option<Detail?> detail = new("--detail")
    {
        Description = "level of detail: brief (a slide), normal (a post-mortem, the default), full (every extension)",
        HelpName = "brief|normal|full",
    };

    private readonly Option<TimeStyle?> time = new("--time")
    {
        Description = "time on each step: delta (since the step before, the default), relative (since the start), absolute (UTC), none",
        HelpName = "delta|relative|absolute|none",
    };

    private readonly Option<string?> title = new("--title") { Description = "title of the diagram or report", HelpName = "TEXT" };

    private readonly Option<int?> maxConnections = new("--max-connections")
    {
        Description = "maximum number of connections drawn in full (default 8 in one diagram, 20 in Markdown, 100 in HTML); the others are only counted",
        HelpName = "N",
    };

    private readonly Option<bool> explain = new("--explain")
    {
        Description = "say below each message what it is for, in every format but JSON",
    };

    private readonly Option<bool> timeline = new("--timeline")
    {
        Description = "draw connections as a waterfall of their phases, each from its own start; with --time absolute all on one clock (UTC)",
    };
}
