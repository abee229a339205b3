using System.CommandLine;
using System.Globalization;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Png;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Where the product goes, and in which form.</summary>
internal sealed class OutputOptions
{
    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="host">The option that names the page.</param>
    /// <param name="isComparison">True for a command whose product is one comparison: its JSON is no row, and it has the short form <c>--json</c>.</param>
    public OutputOptions(Command command, HostOption host, bool isComparison = false)
    {
        this.host = host;
        this.isComparison = isComparison;
        if (isComparison)
        {
            command.Options.Add(json);
            output.Description = $"output file (default: standard output); its extension selects the format: {Endings}";
        }

        format.AcceptOnlyFromAmong([.. Forms.Select(o => o.Name)]);
        command.Options.Add(output);
        command.Options.Add(format);
        command.Options.Add(link);
        command.Options.Add(template);
        command.Options.Add(maxChars);
        command.Options.Add(ascii);
        command.Options.Add(width);
        if (!isComparison) command.Options.Add(drawable);
    }

    /// <summary>The product that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="picture">How the pictures look.</param>
    /// <param name="redaction">What replaces values; null where nothing is replaced.</param>
    /// <param name="isEmbedded">True where it becomes a part of a page: nothing of the terminal decides how it looks.</param>
    public OutputTarget Open(ParseResult parsed, DrawingOptions picture, ProductRedaction? redaction = null, bool isEmbedded = false)
    {
        var path = parsed.GetValue(output);
        var form = Form(parsed, path);
        var named = parsed.GetValue(template);
        if (named is not null && !form.UsesTemplate) throw new UsageException($"the format {form.Name} does not use a template; mermaid, markdown and html do.");
        if (picture.IsTimeline(parsed) && !form.DrawsTimelines) throw new UsageException($"the format {form.Name} has no timeline; {TimelineForms} do.");
        if (picture.IsTimeline(parsed) && picture.IsExplained(parsed)) throw new UsageException("a timeline has no messages to explain: leave out --explain or --timeline.");
        if (parsed.GetValue(width) is < Narrowest or > Widest) throw new UsageException($"--width takes {Narrowest} to {Widest}.");
        if (parsed.GetValue(maxChars) is < Fewest) throw new UsageException($"--max-chars takes {Fewest} or more: no diagram is shorter.");
        if (IsDrawable(parsed) && form.Name != "json") throw new UsageException("--drawable needs the format json: it adds to it what diagrams can be drawn from.");
        var isTerminal = !isEmbedded && path is null && !Console.IsOutputRedirected;
        if (form is PngOutput png)
        {
            if (isTerminal) throw new UsageException("a PNG is not written to a terminal: name a file with -o x.png.");
            png.Require();
        }

        return new OutputTarget(form, path, new OutputRequest
        {
            Picture = picture.Read(parsed),
            MaxConnections = picture.MaxConnections(parsed),
            IsTimeline = picture.IsTimeline(parsed),
            IsDrawable = IsDrawable(parsed),
            Host = host.Page(parsed),
            MaxCharacters = parsed.GetValue(maxChars),
            Template = named is null ? null : TemplateOption.Open(named),
            Terminal = new TerminalStyle(
                parsed.GetValue(width) ?? Math.Clamp(isTerminal ? WindowWidth() : (isEmbedded ? null : ColumnsOfShell()) ?? UsualWidth, Narrowest, 160),
                parsed.GetValue(ascii),
                isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""),
        }, redaction);
    }

    /// <summary>The page that the product is meant for.</summary>
    public PageHost Page(ParseResult parsed) => host.Page(parsed);

    /// <summary>The comparison that the command line asks for.</summary>
    public OutputTarget OpenComparison(ParseResult parsed, DrawingOptions picture, ProductRedaction? redaction)
    {
        var form = Form(parsed, parsed.GetValue(output));
        if (!form.Compares) throw new UsageException($"the format {form.Name} has no comparison; {Sentence([.. Forms.Where(o => o.Compares).Select(o => o.Name)])} do.");
        if (parsed.GetValue(template) is not null && form is not MermaidOutput) throw new UsageException("a comparison takes a template for mermaid only.");
        var target = Open(parsed, picture, redaction);
        return target.IsFolder ? throw new UsageException("a comparison is one file: name it with -o FILE.") : target;
    }

    /// <summary>True where the command line says where the product goes, or in which form.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(output) is not null || parsed.GetValue(format) is not null;

    private bool IsDrawable(ParseResult parsed) => !isComparison && parsed.GetValue(drawable);

    private IDiagramOutput Form(ParseResult parsed, string? path)
    {
        if (isComparison && parsed.GetValue(json)) return OutputCatalog.Named("json")!;
        if (parsed.GetValue(link)) return OutputCatalog.Named("link")!;
        if (parsed.GetValue(format) is { } named) return Forms.First(f => f.Name == named);
        var ending = Path.GetExtension(path);
        if (!string.IsNullOrEmpty(ending) && !Directory.Exists(path))
            return Forms.FirstOrDefault(f => f.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)) ?? throw new UsageException($"'{ending}' is not a supported file extension: use {Endings}, or choose a format with --format.");
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
            return UsualWidth;
        }
    }

    /// <summary>What a shell says of its terminal while the output goes elsewhere; null where it says nothing.</summary>
    private static int? ColumnsOfShell() => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) ? columns : null;

    private static string Endings => string.Join(' ', Forms.Select(o => o.Endings[0]));

    /// <summary>The library's forms, and the one that needs another program.</summary>
    private static readonly IReadOnlyList<IDiagramOutput> Forms = [.. OutputCatalog.All, new PngOutput()];

    private static string TimelineForms => Sentence([.. OutputCatalog.All.Where(o => o.DrawsTimelines).Select(o => o.Name)]);

    private static string Sentence(string[] names) => $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private const int UsualWidth = 100;
    private const int Narrowest = 40;
    private const int Widest = 500;

    /// <summary>A title, two participants and one arrow need about this much.</summary>
    private const int Fewest = 600;

    private readonly HostOption host;
    private readonly bool isComparison;

    private readonly Option<bool> json = new("--json") { Description = "the same as --format json" };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = $"output file (default: standard output); its extension selects the format: {Endings}; a directory gets one file per connection",
        HelpName = "PATH",
    };

    private readonly Option<string?> format = new("--format", "-f")
    {
        Description = "output format; png needs rsvg-convert or Chromium on the PATH",
        HelpName = string.Join('|', Forms.Select(o => o.Name)),
    };

    private readonly Option<bool> link = new("--link")
    {
        Description = "print a link that opens the diagram on mermaid.live; the diagram is in the link's fragment, which browsers do not send to the server: anyone with the link has the diagram",
    };

    private readonly Option<string?> template = new("--template")
    {
        Description = "template file, or name of a built-in template ('h2m templates list')",
        HelpName = "NAME|FILE",
    };

    private readonly Option<int?> maxChars = new("--max-chars")
    {
        Description = "maximum characters of one Mermaid diagram (default 49000, 1990 with --host gitlab); above it detail is reduced, repetitions are folded, then the diagram is split into numbered parts",
        HelpName = "N",
    };

    private readonly Option<bool> ascii = new("--ascii") { Description = "draw text with ASCII characters only" };

    private readonly Option<bool> drawable = new("--drawable") { Description = "with -f json: add to each connection what 'h2m convert' draws it from, without the capture" };

    private readonly Option<int?> width = new("--width")
    {
        Description = "width of text in columns (default: the terminal's, else COLUMNS, else 100)",
        HelpName = "COLUMNS",
    };
}
