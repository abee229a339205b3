using System.CommandLine;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>
/// <c>--host</c> has two meanings that cannot be mixed up: the five words that name a page say where the product is pasted
/// into, everything else is an address or a name that a connection must have.
/// </summary>
internal sealed class HostOption
{
    /// <summary>Adds the option.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasPages">False for a command that makes nothing to paste.</param>
    /// <param name="hasHosts">False for a command that selects no connections.</param>
    public HostOption(Command command, bool hasPages = true, bool hasHosts = true)
    {
        if (!hasPages) (option.Description, option.HelpName) = ("only connections from or to this address or name", "ADDRESS|NAME");
        if (!hasHosts)
        {
            (option.Description, option.HelpName) = ("the page that the output is pasted into", string.Join('|', Pages));
            option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Pages);
        }

        command.Options.Add(option);
    }

    /// <summary>The page that the product is meant for; the last one named counts.</summary>
    public PageHost Page(ParseResult parsed)
    {
        var page = PageHost.Any;
        foreach (var word in Words(parsed)) page = PageOf(word) ?? page;
        return page;
    }

    /// <summary>The addresses and names that select connections.</summary>
    public IReadOnlyList<string> Hosts(ParseResult parsed) => [.. Words(parsed).Where(word => PageOf(word) is null)];

    private string[] Words(ParseResult parsed) => parsed.GetValue(option) ?? [];

    private static PageHost? PageOf(string word) => word.ToLowerInvariant() switch
    {
        "github" => PageHost.GitHub,
        "gitlab" => PageHost.GitLab,
        "notion" => PageHost.Notion,
        "obsidian" => PageHost.Obsidian,
        "azure" => PageHost.Azure,
        _ => null,
    };

    private static readonly string[] Pages = ["github", "gitlab", "notion", "obsidian", "azure"];

    private readonly Option<string[]> option = new("--host")
    {
        Description = "only connections from or to this address or name; github, gitlab, notion, obsidian or azure instead name the page that the output is pasted into (select a host of that name with --sni or by its address)",
        HelpName = "ADDRESS|NAME|PAGE",
    };
}
