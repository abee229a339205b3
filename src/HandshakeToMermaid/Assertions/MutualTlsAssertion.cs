using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The client sent a certificate.</summary>
internal sealed class MutualTlsAssertion : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "require-mtls";

    /// <inheritdoc/>
    public override string Expected => "a client certificate";

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.ClientCertificate == ClientCertificateState.Sent) return AssertionResult.Passed("sent");
        if (facts.Resumption is TlsResumption.SessionId or TlsResumption.Ordinal or TlsResumption.Psk) return AssertionResult.Undecided("resumed: certificates were sent when the session began");
        return facts.ClientCertificate switch
        {
            ClientCertificateState.Empty => AssertionResult.Failed("empty certificate list", FrameOf<CertificateRequest>(facts)),
            ClientCertificateState.NotRequested => AssertionResult.Failed("not requested", FrameOfServerHello(facts)),
            ClientCertificateState.Requested when connection.Outcome.Class.IsCompleted => AssertionResult.Failed("requested and not sent", FrameOf<CertificateRequest>(facts)),
            ClientCertificateState.Requested => AssertionResult.Undecided("requested, the handshake ended before an answer"),
            _ => AssertionResult.Undecided(facts.ServerHello is null ? "no ServerHello" : "encrypted"),
        };
    }
}
