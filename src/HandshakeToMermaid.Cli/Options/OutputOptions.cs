using System.CommandLine;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Where the product goes, and in which form.</summary>
internal sealed class OutputOptions
{
    public OutputOptions(Command command, HostOption host)
    {
        this.host = host;
        format.AcceptOnlyFromAmong([.. OutputCatalog.All.Select(o => o.Name)]);
        command.Options.Add(output);
        command.Options.Add(format);
        command.Options.Add(link);
        command.Options.Add(template);
        command.Options.Add(maxChars);
        command.Options.Add(ascii);
    }

    /// <summary>The product that the command line asks for.</summary>
    public Product Open(ParseResult parsed, PictureOptions picture)
    {
        var path = parsed.GetValue(output);
        var form = Form(parsed, path);
        var named = parsed.GetValue(template);
        if (named is not null && !form.UsesTemplate) throw new UsageException($"the form {form.Name} is not made by a template; mermaid, markdown and html are.");
        if (parsed.GetValue(maxChars) is < Fewest) throw new UsageException($"--max-chars takes {Fewest} or more: no diagram is shorter than that.");
        var isTerminal = path is null && !Console.IsOutputRedirected;
        return new Product(form, path, new OutputRequest
        {
            Picture = picture.Read(parsed),
            MaxConnections = picture.MaxConnections(parsed),
            IsTimeline = picture.IsTimeline(parsed),
            Host = host.Page(parsed),
            MaxCharacters = parsed.GetValue(maxChars),
            Template = named is null ? null : TemplateOption.Open(named),
            Terminal = new TerminalStyle(
                isTerminal ? Math.Clamp(WindowWidth(), 40, 160) : 100,
                parsed.GetValue(ascii),
                isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""),
        });
    }

    /// <summary>True where the command line says where the product goes, or in which form.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(output) is not null || parsed.GetValue(format) is not null;

    private IDiagramOutput Form(ParseResult parsed, string? path)
    {
        if (parsed.GetValue(link)) return OutputCatalog.Named("link")!;
        if (parsed.GetValue(format) is { } named) return OutputCatalog.Named(named)!;
        var ending = Path.GetExtension(path);
        if (!string.IsNullOrEmpty(ending) && !Directory.Exists(path))
            return OutputCatalog.WithEnding(ending) ?? throw new UsageException($"'{ending}' is no form that is written here: {Endings} are, or say which with --format.");
        return parsed.GetValue(template) is { } own ? TemplateOption.FormOf(own) : OutputCatalog.All[0];
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 100;
        }
    }

    private static string Endings => string.Join(' ', OutputCatalog.All.Select(o => o.Endings[0]));

    /// <summary>A title, two participants and one arrow need about this much.</summary>
    private const int Fewest = 600;

    private readonly HostOption host;

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = $"where the product goes (default: standard output); the ending picks the form: {Endings}; a directory gets one file per connection",
        HelpName = "PATH",
    };

    private readonly Option<string?> format = new("--format", "-f")
    {
        Description = "the form. A PNG is one more step: h2m convert x.pcap -o x.svg && rsvg-convert -z 2 x.svg -o x.png",
        HelpName = string.Join('|', OutputCatalog.All.Select(o => o.Name)),
    };

    private readonly Option<bool> link = new("--link")
    {
        Description = "print a link that opens the diagram on mermaid.live; the diagram travels in the link's fragment, which browsers do not send to the server: whoever gets the link gets the diagram",
    };

    private readonly Option<string?> template = new("--template")
    {
        Description = "the look by a template of your own, or another built-in one ('h2m templates list')",
        HelpName = "NAME|FILE",
    };

    private readonly Option<int?> maxChars = new("--max-chars")
    {
        Description = "characters that one Mermaid diagram may have (default 49000, 1990 with --host gitlab); detail is taken back, repetitions are folded, then the diagram is split into numbered parts",
        HelpName = "N",
    };

    private readonly Option<bool> ascii = new("--ascii") { Description = "draw text with nothing but ASCII" };
}
