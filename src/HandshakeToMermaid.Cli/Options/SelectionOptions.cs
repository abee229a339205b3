using System.CommandLine;
using System.CommandLine.Parsing;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Which connections are wanted.</summary>
internal sealed class SelectionOptions
{
    public SelectionOptions(Command command, HostOption host)
    {
        this.host = host;
        command.Options.Add(connection);
        command.Options.Add(sni);
        command.Options.Add(port);
        command.Options.Add(protocol);
        command.Options.Add(failed);
    }

    /// <summary>The selection that the command line asks for.</summary>
    public Selection Read(ParseResult parsed) => new()
    {
        Connections = parsed.GetValue(connection) is { Count: > 0 } numbers ? numbers : null,
        ServerNames = parsed.GetValue(sni) ?? [],
        Hosts = host.Hosts(parsed),
        Ports = parsed.GetValue(port) ?? [],
        Protocols = parsed.GetValue(protocol) ?? [],
        FailedOnly = parsed.GetValue(failed),
    };

    private static Option<string[]> Protocols()
    {
        var option = new Option<string[]>("--protocol") { Description = "only connections over this protocol", HelpName = "tcp|quic|dtls" };
        option.AcceptOnlyFromAmong("tcp", "quic", "dtls", "dns");
        return option;
    }

    private static HashSet<int>? Numbers(ArgumentResult result)
    {
        var numbers = new HashSet<int>();
        foreach (var part in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (int.TryParse(part, out var number) && number > 0) numbers.Add(number);
            else result.AddError($"--connection takes the numbers that 'h2m list' shows, such as 3 or 1,4; '{part}' is not one.");
        }
        return numbers;
    }

    private readonly HostOption host;

    private readonly Option<HashSet<int>> connection = new("--connection", "-c")
    {
        Description = "only these connections, by the numbers that 'h2m list' shows",
        HelpName = "N[,N...]",
        CustomParser = Numbers,
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> sni = new("--sni") { Description = "only connections to this server name; * and ? are wildcards", HelpName = "GLOB" };

    private readonly Option<ushort[]> port = new("--port") { Description = "only connections from or to this port", HelpName = "N" };

    private readonly Option<string[]> protocol = Protocols();

    private readonly Option<bool> failed = new("--failed") { Description = "only connections that failed" };
}
