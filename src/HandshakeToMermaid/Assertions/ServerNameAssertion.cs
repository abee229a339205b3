using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The server name that the client asks for (SNI, RFC 6066 section 3) matches one of these.</summary>
internal sealed class ServerNameAssertion(IReadOnlyList<string> globs) : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "sni";

    /// <inheritdoc/>
    public override string Expected => Either(globs);

    /// <inheritdoc/>
    public override bool NamesPeers => true;

    /// <inheritdoc/>
    protected override bool NeedsTls => false;

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.ServerName is { } name) return AssertionResult.Of(Matches(globs, name), name, FrameOf<ClientHello>(facts));
        return facts.ClientHello is null ? AssertionResult.Undecided("no ClientHello") : AssertionResult.Failed("none", FrameOf<ClientHello>(facts));
    }
}
