using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Pipeline;

/// <summary>The settings of an analysis.</summary>
internal sealed record AnalyzerOptions
{
    /// <summary>The caps.</summary>
    public AnalyzerLimits Limits { get; init; } = AnalyzerLimits.Default;

    /// <summary>The authorities by which certificates are judged; null to leave trust alone.</summary>
    public TrustAnchors? TrustAnchors { get; init; }

    /// <summary>The keys of which a server's chain must show one; empty to ask for none.</summary>
    public IReadOnlyList<CertificatePin> Pins { get; init; } = [];

    /// <summary>
    /// True to look for invalid signatures in every handshake; false to look only where the handshake did not complete. Two sides that
    /// went on have each found the other's proof valid, and looking again costs more than all the reading.
    /// </summary>
    public bool ChecksEverySignature { get; init; } = true;

    /// <summary>False to leave out the signatures of handshakes: each is another, so that no check serves twice. What shows them says that they were not checked.</summary>
    public bool VerifiesHandshakes { get; init; } = true;

    /// <summary>
    /// Threads that read and judge connections of a long file, that of the caller included; what comes out does not depend on it. 1 to do
    /// everything on the caller's.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Live: capture time after which a handshake without progress is reported as timed out; a later success is reported too.
    /// Not used for files, whose connections are reported when they are over.
    /// </summary>
    public Duration HandshakeTimeout { get; init; } = Duration.FromSeconds(10);

    /// <summary>The secrets of the user's key logs. What the capture itself holds is added to it.</summary>
    public SecretStore Secrets { get; init; } = new();

    /// <summary>The private keys of servers, which decrypt sessions whose key exchange is RSA; null for none.</summary>
    public PrivateKeys? PrivateKeys { get; init; }

    /// <summary>Protocols beyond those of the library, with their rules.</summary>
    internal IReadOnlyList<IProtocolModule> Modules { get; init; } = [];

    /// <summary>Names of addresses that the user gives; they hold where the capture says nothing.</summary>
    public IReadOnlyDictionary<IpAddress, string> Names { get; init; } = new Dictionary<IpAddress, string>();
}
