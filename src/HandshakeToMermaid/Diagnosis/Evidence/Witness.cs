using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Certificates;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>
/// What the rules of one analysis share: the trusted authorities, the pins, and what was already looked up about the
/// connection that they are all asked about in turn. For one thread.
/// </summary>
internal sealed class Witness(TrustAnchors? anchors = null, IReadOnlyList<CertificatePin>? pins = null, long followedBytes = long.MaxValue)
{
    /// <summary>The keys that the user expects; empty where none was named.</summary>
    public IReadOnlyList<CertificatePin> Pins { get; } = pins ?? [];

    /// <summary>Encrypted bytes that are kept of a connection for decryption: behind them nothing is known.</summary>
    public long FollowedBytes { get; } = followedBytes;

    /// <summary>The TLS handshake of a connection; null where there is none.</summary>
    public TlsEvidence? Of(Connection connection)
    {
        if (ReferenceEquals(latest, connection)) return latestEvidence;
        latest = connection;
        latestEvidence = connection.FactsOf<TlsFacts>() is { } facts && connection.Flow is { } flow ? new TlsEvidence(this, connection, facts, flow) : null;
        return latestEvidence;
    }

    /// <summary>Walks a chain; one that was met before is not walked again, since checking its signatures costs more than all else.</summary>
    public CertificateChain Walk(IReadOnlyList<Certificate> sent, bool isServer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var certificate in sent) hash.AppendData(certificate.Der.Span);
        var key = $"{(isServer ? 's' : 'c')}{sent.Count}{Convert.ToHexString(hash.GetHashAndReset())}";
        if (walked.TryGetValue(key, out var chain)) return chain;
        if (walked.Count >= MostChains) walked.Clear();
        return walked[key] = CertificateChain.Walk(sent, isServer, anchors);
    }

    /// <summary>A capture shows the same few chains over and over.</summary>
    private const int MostChains = 1024;

    private readonly Dictionary<string, CertificateChain> walked = [];
    private Connection? latest;
    private TlsEvidence? latestEvidence;
}
