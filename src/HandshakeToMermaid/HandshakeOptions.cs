using System.Net;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid;

/// <summary>How a capture is read; without options everything in it is read and nothing is decrypted that it does not bring the secrets for.</summary>
public sealed class HandshakeOptions
{
    /// <summary>
    /// Paths of TLS key logs (the SSLKEYLOGFILE format, RFC 9850) to decrypt with. Secrets inside a pcapng file are used without asking.
    /// </summary>
    public IReadOnlyList<string> KeyLogFiles { get; init => field = [.. value]; } = [];

    /// <summary>
    /// Paths of the RSA private keys of servers, as PEM without encryption (PKCS #8 or PKCS #1), to decrypt sessions with whose key exchange is
    /// RSA: TLS 1.2 and below without Diffie-Hellman.
    /// </summary>
    public IReadOnlyList<string> RsaKeyFiles { get; init => field = [.. value]; } = [];

    /// <summary>A TLS key log as text; null for none.</summary>
    public string? KeyLogText { get; init; }

    /// <summary>
    /// A capture filter in the syntax of pcap-filter(7), such as <c>port 443</c>; null for every frame. It requires libpcap.
    /// </summary>
    public string? CaptureFilter { get; init; }

    /// <summary>
    /// Paths of PEM bundles or DER files with the certification authorities that server and client certificates are verified against. Without
    /// <see cref="TrustAnchorFiles"/> and <see cref="TrustAnchors"/> trust is not judged: the store of this machine is never consulted.
    /// </summary>
    public IReadOnlyList<string> TrustAnchorFiles { get; init => field = [.. value]; } = [];

    /// <summary>Further certification authorities; they can be disposed of once <see cref="Handshakes"/> has read the first handshake.</summary>
    public IReadOnlyList<X509Certificate2> TrustAnchors { get; init => field = [.. value]; } = [];

    /// <summary>
    /// Public keys of which the server's chain must hold one: <c>sha256/</c> and the Base64 of the SHA-256 of the SubjectPublicKeyInfo
    /// (RFC 7469 section 2.4). Empty where any key will do.
    /// </summary>
    /// <exception cref="ArgumentException">An element has another form.</exception>
    public IReadOnlyList<string> Pins
    {
        get;
        init
        {
            foreach (var pin in value)
            {
                if (CertificatePin.Parse(pin) is null) throw new ArgumentException($"'{pin}' is not a pin: sha256/ and 44 characters of Base64 are expected.", nameof(value));
            }

            field = [.. value];
        }
    } = [];

    /// <summary>Names of addresses, used where the capture does not name them.</summary>
    public IReadOnlyDictionary<IPAddress, string> Names { get; init => field = value.ToDictionary(); } = new Dictionary<IPAddress, string>();

    /// <summary>Limits on memory and work; the defaults suit every capture.</summary>
    public HandshakeLimits Limits { get; init; } = new();

    /// <summary>
    /// The number of threads that work on a large file. The result does not depend on it. Default: the number of processors.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int MaxThreads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// Live: time after which a handshake without an answer is reported as failed. One that succeeds later is reported again, see
    /// <see cref="Handshake.IsRevision"/>. Default: 10 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan HandshakeTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Called when the capture has been read to its end, after the last handshake and on the thread that enumerates; not where the enumeration
    /// ends early. Null for no callback.
    /// </summary>
    public Action<HandshakeReadSummary>? Completed { get; init; }
}
