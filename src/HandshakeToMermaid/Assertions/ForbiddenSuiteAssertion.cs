using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The cipher suite agreed on is none of these, named as IANA does.</summary>
internal sealed class ForbiddenSuiteAssertion(IReadOnlyList<string> globs) : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "forbid-suite";

    /// <inheritdoc/>
    public override string Expected => $"not {Either(globs)}";

    /// <inheritdoc/>
    protected override bool NeedsTls => false;

    /// <summary>True where a glob matches a suite of the registry: one that matches none would forbid nothing.</summary>
    public static bool MatchesAny(string glob) => Registered.Any(name => Matches([glob], name));

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.CipherSuite is not { } suite) return AssertionResult.Undecided("no cipher suite was agreed on");
        return AssertionResult.Of(!Matches(globs, suite.Name), suite.Name, FrameOfServerHello(facts));
    }

    private static readonly string[] Registered = [.. Enumerable.Range(0, 0x10000).Select(code => new CipherSuite(code)).Where(suite => suite.IsKnown).Select(suite => suite.Name)];
}
