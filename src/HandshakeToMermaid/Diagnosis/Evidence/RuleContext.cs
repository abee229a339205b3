using System.Collections.Concurrent;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>
/// What the rules of one analysis share: the trusted authorities, the pins, and what was already looked up about the
/// connection that all rules run on in turn. Fast for one thread, correct for any.
/// </summary>
internal sealed class RuleContext(TrustAnchors? anchors = null, IReadOnlyList<CertificatePin>? pins = null, long followedBytes = long.MaxValue, bool checksEverySignature = true)
{
    /// <summary>The keys that the user expects; empty where none was named.</summary>
    public IReadOnlyList<CertificatePin> Pins { get; } = pins ?? [];

    /// <summary>Encrypted bytes of a connection that are stored for decryption: behind them nothing is known.</summary>
    public long FollowedBytes { get; } = followedBytes;

    /// <summary>True where signatures are checked even of handshakes that both sides have accepted.</summary>
    public bool ChecksEverySignature { get; } = checksEverySignature;

    /// <summary>The same, with another handshake: the one inside a tunnel that was opened inside TLS.</summary>
    public RuleContext InTunnel() => new(anchors, Pins, FollowedBytes, ChecksEverySignature) { isInTunnel = true };

    /// <summary>The TLS handshake of a connection; null where there is none.</summary>
    public TlsEvidence? Of(Connection connection)
    {
        if (latest is { } known && ReferenceEquals(known.Connection, connection)) return known.Evidence;
        var evidence = FactsOf(connection) is { } facts && connection.Flow is { } flow ? new TlsEvidence(this, connection, facts, flow, isInTunnel) : null;
        latest = new Looked(connection, evidence);
        return evidence;
    }

    /// <summary>
    /// Walks the chain of a message. Equal messages are one object (see <see cref="DecodedParts"/>), so a chain that was met before is
    /// not walked again: checking its signatures costs more than all else.
    /// </summary>
    public CertificateChain Walk(IReadOnlyList<CertificateEntry> sent, bool isServer)
    {
        var key = new SentBy(sent, isServer);
        if (walked.TryGetValue(key, out var chain)) return chain;
        if (walked.Count >= MaxChains) walked.Clear();
        return walked[key] = CertificateChain.Walk([.. sent.Select(e => e.Certificate)], isServer, anchors);
    }

    private TlsFacts? FactsOf(Connection connection) => isInTunnel ? connection.FactsOf<InnerFacts>()?.Tls : connection.FactsOf<TlsFacts>();

    /// <summary>A capture shows the same few chains over and over.</summary>
    private const int MaxChains = 1024;

    private readonly ConcurrentDictionary<SentBy, CertificateChain> walked = [];
    private bool isInTunnel;
    private Looked? latest;

    private readonly record struct SentBy(IReadOnlyList<CertificateEntry> Chain, bool IsServer);

    private sealed record Looked(Connection Connection, TlsEvidence? Evidence);
}
