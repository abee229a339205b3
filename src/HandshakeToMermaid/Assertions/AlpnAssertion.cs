using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The application protocol agreed on (RFC 7301) is one of these.</summary>
internal sealed class AlpnAssertion(IReadOnlyList<string> protocols) : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "alpn";

    /// <inheritdoc/>
    public override string Expected => Either(protocols);

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.AlpnProtocol is { } agreed) return AssertionResult.Of(protocols.Contains(agreed, StringComparer.Ordinal), agreed, FrameOf<EncryptedExtensions>(facts) ?? FrameOfServerHello(facts));
        if (facts.ServerHello is not { } answer) return AssertionResult.Undecided("no ServerHello");
        if (!answer.Version.IsTls13) return AssertionResult.Failed("none", FrameOfServerHello(facts));
        if (FrameOf<EncryptedExtensions>(facts) is { } frame) return AssertionResult.Failed("none", frame);

        // The server selects one of those that the client offers (RFC 7301 section 3.1).
        if (facts.ClientHello is { } hello && !hello.AlpnProtocols.Any(p => protocols.Contains(p, StringComparer.Ordinal)))
        {
            return AssertionResult.Failed(hello.AlpnProtocols.Count == 0 ? "none offered" : $"only {string.Join(", ", hello.AlpnProtocols)} offered", FrameOf<ClientHello>(facts));
        }

        return AssertionResult.Undecided("encrypted");
    }
}
