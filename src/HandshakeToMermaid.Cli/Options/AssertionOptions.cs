using System.CommandLine;
using HandshakeToMermaid.Cli.Checking;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>What connections must fulfil.</summary>
internal sealed class AssertionOptions
{
    public AssertionOptions(Command command)
    {
        command.Options.Add(minVersion);
        command.Options.Add(alpn);
        command.Options.Add(mutual);
        command.Options.Add(forbidSuite);
        command.Options.Add(requireGroup);
        command.Options.Add(maxTls);
        command.Options.Add(sni);
        command.Options.Add(noFindings);
        command.Options.Add(rules);
    }

    /// <summary>The rules of the files and of the command line.</summary>
    /// <exception cref="UsageException">There is none, or one asserts nothing.</exception>
    public IReadOnlyList<CheckRule> Read(ParseResult parsed)
    {
        var set = new AssertionSet(static sentence => new UsageException(sentence));
        if (parsed.GetValue(minVersion) is { } version) set.MinVersion(version);
        if (parsed.GetValue(alpn) is { Length: > 0 } protocols) set.Alpn(protocols);
        if (parsed.GetValue(mutual)) set.RequireMtls();
        if (parsed.GetValue(forbidSuite) is { Length: > 0 } suites) set.ForbidSuites(suites);
        if (parsed.GetValue(requireGroup) is { Length: > 0 } groups) set.RequireGroups(groups);
        if (parsed.GetValue(maxTls) is { } milliseconds) set.MaxTlsMilliseconds(milliseconds);
        if (parsed.GetValue(sni) is { Length: > 0 } names) set.Sni(names);
        if (parsed.GetValue(noFindings) is { } severity) set.NoFindings(severity);
        var all = (parsed.GetValue(rules) ?? []).SelectMany(RulesFile.Read).ToList();
        if (set.Assertions.Count > 0) all.Add(new CheckRule(null, new Selection(), set.Assertions));
        return all.Count > 0 ? all : throw new UsageException("nothing is asserted: name an assertion, such as --min-version 1.2, or --rules FILE.");
    }

    private readonly Option<string?> minVersion = new("--min-version") { Description = "the TLS version must be this or later (DTLS counts as the TLS it is based on)", HelpName = "1.0|1.1|1.2|1.3" };

    private readonly Option<string[]> alpn = new("--alpn") { Description = "the application protocol agreed on (ALPN) must be this, or one of several", HelpName = "PROTOCOL" };

    private readonly Option<bool> mutual = new("--require-mtls") { Description = "the client must send a certificate" };

    private readonly Option<string[]> forbidSuite = new("--forbid-suite") { Description = "the cipher suite must not be this; IANA's name, * and ? are wildcards", HelpName = "GLOB" };

    private readonly Option<string[]> requireGroup = new("--require-group") { Description = "the group of the key exchange must be this, or one of several; IANA's name", HelpName = "GROUP" };

    private readonly Option<decimal?> maxTls = new("--max-tls-ms") { Description = "the TLS handshake must not take longer", HelpName = "MILLISECONDS" };

    private readonly Option<string[]> sni = new("--sni") { Description = "the server name asked for must be this, or one of several; * and ? are wildcards", HelpName = "GLOB" };

    private readonly Option<string?> noFindings = new("--no-findings") { Description = "there must be no finding of this severity or a higher one", HelpName = "error|warning|info" };

    private readonly Option<string[]> rules = new("--rules") { Description = "JSON file with rules, each for some connections; 'h2m schema rules' prints its schema", HelpName = "FILE" };
}
