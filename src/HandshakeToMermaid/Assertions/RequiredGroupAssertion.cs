using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The group of the key exchange is one of these, named as IANA does.</summary>
internal sealed class RequiredGroupAssertion(IReadOnlyList<string> groups) : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "require-group";

    /// <inheritdoc/>
    public override string Expected => Either(groups);

    /// <summary>True where the registry has a group of that name.</summary>
    public static bool IsKnown(string name) => Registered.Contains(name);

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.Group is { } group) return AssertionResult.Of(groups.Contains(group.Name, StringComparer.OrdinalIgnoreCase), group.Name, FrameOf<ServerKeyExchange>(facts) ?? FrameOfServerHello(facts));
        if (facts.ServerHello is null) return AssertionResult.Undecided("no ServerHello");
        if (facts.Resumption is TlsResumption.SessionId or TlsResumption.Ordinal or TlsResumption.Psk) return AssertionResult.Undecided("resumed without a key exchange");

        // The certificate's own key encrypts the secret: no group is agreed on (RFC 5246 section 7.4.7.1).
        return facts.CipherSuite is { KeyExchange: KeyExchangeMethod.Rsa or KeyExchangeMethod.RsaExport }
            ? AssertionResult.Failed("none (RSA key exchange)", FrameOfServerHello(facts))
            : AssertionResult.Undecided("the group is not known");
    }

    private static readonly HashSet<string> Registered =
        Enumerable.Range(0, 0x10000).Select(code => new NamedGroup((ushort)code)).Where(group => group.IsKnown).Select(group => group.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
