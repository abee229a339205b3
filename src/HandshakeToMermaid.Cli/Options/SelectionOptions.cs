using System.CommandLine;
using System.CommandLine.Parsing;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Which connections are wanted.</summary>
internal sealed class SelectionOptions
{
    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="host">The option that selects addresses and names.</param>
    /// <param name="hasServerNames">False for a command in which <c>--sni</c> has another meaning.</param>
    public SelectionOptions(Command command, HostOption host, bool hasServerNames = true)
    {
        this.host = host;
        command.Options.Add(connection);
        if (hasServerNames) command.Options.Add(sni);
        command.Options.Add(port);
        command.Options.Add(protocol);
        command.Options.Add(failed);
        command.Options.Add(since);
        command.Options.Add(until);
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
        Since = parsed.GetValue(since),
        Until = parsed.GetValue(until),
    };

    private static Option<string[]> Protocols()
    {
        var option = new Option<string[]>("--protocol") { Description = "only connections over this protocol", HelpName = "tcp|quic|dtls|radius|eapol" };
        option.AcceptOnlyFromAmong("tcp", "quic", "dtls", "radius", "eapol", "dns");
        return option;
    }

    private static List<NumberRange>? Numbers(ArgumentResult result)
    {
        var numbers = new List<NumberRange>();
        foreach (var part in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (NumberRange.Parse(part) is { } range) numbers.Add(range);
            else result.AddError($"--connection takes the numbers that 'h2m list' shows, such as 3, 1,4 or 2-5; '{part}' is not one.");
        }
        return numbers;
    }

    private readonly HostOption host;

    private static MomentBound? Moment(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var moment = MomentBound.Parse(text);
        if (moment is null) result.AddError($"'{text}' is not a time: 2026-11-20T12:00:00Z, 2026-11-20 and 12:00:00 are.");
        return moment;
    }

    private readonly Option<List<NumberRange>> connection = new("--connection", "-c")
    {
        Description = "only these connections, by the numbers that 'h2m list' shows",
        HelpName = "N[-N][,...]",
        CustomParser = Numbers,
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> sni = new("--sni") { Description = "only connections to this server name; * and ? are wildcards", HelpName = "GLOB" };

    private readonly Option<ushort[]> port = new("--port") { Description = "only connections from or to this port", HelpName = "N" };

    private readonly Option<string[]> protocol = Protocols();

    private readonly Option<MomentBound?> since = new("--since") { Description = "only connections that began at this time (UTC) or later: a date and time, a date, or a time of day", HelpName = "TIME", CustomParser = Moment };

    private readonly Option<MomentBound?> until = new("--until") { Description = "only connections that began at this time (UTC) or earlier", HelpName = "TIME", CustomParser = Moment };

    private readonly Option<bool> failed = new("--failed") { Description = "only connections that failed" };
}
