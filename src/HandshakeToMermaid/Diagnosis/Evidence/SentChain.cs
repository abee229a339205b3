using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;

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

    /// <summary>False where the capturing machine did not know the time and counted from 1970: then no date can be judged.</summary>
    public bool HasClock => Seen >= FirstSsl;

    /// <summary>The certificate of the path that had expired; null where none had.</summary>
    public Certificate? Expired => HasClock ? Chain.ExpiredBy(Seen) : null;

    /// <summary>The certificate of the path that was not valid yet; null where all were.</summary>
    public Certificate? Early => HasClock ? Chain.EarlyAt(Seen) : null;

    /// <summary>1995-01-01, the year in which SSL went public.</summary>
    private static readonly Timestamp FirstSsl = new(788_918_400L * Timestamp.PerSecond);
}
