using System.CommandLine;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagrams;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Where the product goes, and in which form.</summary>
internal sealed class OutputOptions
{
    public OutputOptions(Command command)
    {
        command.Options.Add(output);
        command.Options.Add(format);
    }

    /// <summary>The product that the command line asks for.</summary>
    public Product Open(ParseResult parsed, DiagramOptions picture, int maxConnections)
    {
        var path = parsed.GetValue(output);
        return new Product(parsed.GetValue(format) ?? FromEnding(path), path, picture, maxConnections);
    }

    /// <summary>True where the command line says where the product goes, or in which form.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(output) is not null || parsed.GetValue(format) is not null;

    private static OutputFormat FromEnding(string? path) => Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        ".json" => OutputFormat.Json,
        null or "" or ".mmd" or ".mermaid" => OutputFormat.Mermaid,
        var other => throw new UsageException($"'{other}' is no form that is written here: .mmd and .json are, or say which with --format."),
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "where the product goes (default: standard output); the ending picks the form: .mmd, .json; a directory gets one file per connection",
        HelpName = "PATH",
    };

    private readonly Option<OutputFormat?> format = new("--format", "-f") { Description = "the form: mermaid, json" };
}
