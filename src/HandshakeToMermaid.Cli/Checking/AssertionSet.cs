using HandshakeToMermaid.Assertions;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>Gathers assertions from what a user wrote, and refuses what would assert nothing.</summary>
/// <param name="refusal">Makes the exception of a sentence.</param>
internal sealed class AssertionSet(Func<string, Exception> refusal)
{
    private readonly List<Assertion> assertions = [];

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<Assertion> Assertions => assertions;

    public void MinVersion(string version) => assertions.Add(MinVersionAssertion.Parse(version) ?? throw refusal($"'{version}' is no version: 1.0, 1.1, 1.2 and 1.3 are."));

    public void Alpn(IReadOnlyList<string> protocols) => assertions.Add(new AlpnAssertion(protocols));

    public void RequireMtls() => assertions.Add(new MutualTlsAssertion());

    public void ForbidSuites(IReadOnlyList<string> globs)
    {
        foreach (var glob in globs)
        {
            if (!ForbiddenSuiteAssertion.MatchesAny(glob)) throw refusal($"'{glob}' matches no cipher suite: names are those of IANA, such as TLS_RSA_*.");
        }

        assertions.Add(new ForbiddenSuiteAssertion(globs));
    }

    public void RequireGroups(IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
        {
            if (!RequiredGroupAssertion.IsKnown(group)) throw refusal($"'{group}' is no group: names are those of IANA, such as x25519, secp256r1 or X25519MLKEM768.");
        }

        assertions.Add(new RequiredGroupAssertion(groups));
    }

    public void MaxTlsMilliseconds(decimal milliseconds)
    {
        if (milliseconds <= 0) throw refusal("a time must be greater than 0.");
        assertions.Add(new MaxTlsTimeAssertion(milliseconds));
    }

    public void Sni(IReadOnlyList<string> globs) => assertions.Add(new ServerNameAssertion(globs));

    public void NoFindings(string severity) => assertions.Add(NoFindingsAssertion.Parse(severity) ?? throw refusal($"'{severity}' is no severity: error, warning and info are."));
}
