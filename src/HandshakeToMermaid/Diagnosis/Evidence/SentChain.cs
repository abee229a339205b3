using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Certificates;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>A chain that one side sent, and the message that brought it.</summary>
/// <param name="Step">The message.</param>
/// <param name="Chain">The chain, walked.</param>
internal sealed record SentChain(TlsMessageStep Step, CertificateChain Chain)
{
    /// <summary>The leaf.</summary>
    public Certificate Leaf => Chain.Leaf;

    /// <summary>When it was sent: by that certificates are valid or not.</summary>
    public Timestamp Seen => Step.Last.Time;
}
