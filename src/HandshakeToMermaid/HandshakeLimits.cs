using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid;

/// <summary>
/// Limits on memory and work per capture. All of them are finite by default, so that no capture, however hostile, exhausts the process;
/// what a limit cuts off is reported in <see cref="Handshake.Unparsed"/> or <see cref="HandshakeReadSummary.Warnings"/>.
/// </summary>
/// <remarks>Setting a number to zero or less, or a time to less than a second, throws an <see cref="ArgumentOutOfRangeException"/>.</remarks>
public sealed record HandshakeLimits
{
    /// <summary>The largest frame, in bytes. Default: 16 MiB.</summary>
    public int MaxFrameBytes { get; init => field = Positive(value); } = AnalyzerLimits.Default.FrameBytes;

    /// <summary>Connections that are open at the same time; beyond it the one that was silent longest is closed. Default: 1,000,000.</summary>
    public int MaxOpenConnections { get; init => field = Positive(value); } = AnalyzerLimits.Default.OpenFlows;

    /// <summary>Time without a packet after which a connection is considered over, in whole seconds. Default: 5 minutes.</summary>
    public TimeSpan ConnectionTimeout { get; init => field = Seconds(value); } = TimeSpan.FromSeconds(AnalyzerLimits.Default.IdleSeconds);

    /// <summary>Bytes per direction that wait for a missing segment. Default: 256 KiB.</summary>
    public int MaxOutOfOrderBytes { get; init => field = Positive(value); } = AnalyzerLimits.Default.OutOfOrderBytes;

    /// <summary>IP datagrams whose fragments wait at the same time. Default: 1024.</summary>
    public int MaxFragmentedDatagrams { get; init => field = Positive(value); } = AnalyzerLimits.Default.FragmentedDatagrams;

    /// <summary>The largest TLS handshake message, in bytes. Default: 1 MiB.</summary>
    public int MaxHandshakeMessageBytes { get; init => field = Positive(value); } = AnalyzerLimits.Default.HandshakeMessageBytes;

    /// <summary>TLS handshake messages per connection. Default: 256.</summary>
    public int MaxMessages { get; init => field = Positive(value); } = AnalyzerLimits.Default.MessagesPerConnection;

    /// <summary>Certificates per message. Default: 100.</summary>
    public int MaxCertificates { get; init => field = Positive(value); } = AnalyzerLimits.Default.CertificatesPerMessage;

    /// <summary>Encrypted bytes per direction that are stored for decryption. Default: 256 KiB.</summary>
    public int MaxEncryptedBytes { get; init => field = Positive(value); } = AnalyzerLimits.Default.EncryptedBytes;

    /// <summary>DNS queries that wait for a response at the same time. Default: 65,536.</summary>
    public int MaxOpenDnsQueries { get; init => field = Positive(value); } = AnalyzerLimits.Default.OpenQueries;

    /// <summary>Time after which a DNS query without a response has failed, in whole seconds. Default: 30 seconds.</summary>
    public TimeSpan DnsTimeout { get; init => field = Seconds(value); } = TimeSpan.FromSeconds(AnalyzerLimits.Default.QuerySeconds);

    /// <summary>The same limits for the analysis.</summary>
    internal AnalyzerLimits ToAnalyzerLimits() => AnalyzerLimits.Default with
    {
        FrameBytes = MaxFrameBytes,
        OpenFlows = MaxOpenConnections,
        IdleSeconds = (int)ConnectionTimeout.TotalSeconds,
        OutOfOrderBytes = MaxOutOfOrderBytes,
        FragmentedDatagrams = MaxFragmentedDatagrams,
        HandshakeMessageBytes = MaxHandshakeMessageBytes,
        MessagesPerConnection = MaxMessages,
        CertificatesPerMessage = MaxCertificates,
        EncryptedBytes = MaxEncryptedBytes,
        OpenQueries = MaxOpenDnsQueries,
        QuerySeconds = (int)DnsTimeout.TotalSeconds,
    };

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }

    private static TimeSpan Seconds(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(int.MaxValue));
        return value;
    }
}
