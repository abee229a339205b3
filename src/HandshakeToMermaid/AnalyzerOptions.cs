using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid;

/// <summary>What an analysis is told besides the capture.</summary>
public sealed record AnalyzerOptions
{
    /// <summary>The caps.</summary>
    public AnalyzerLimits Limits { get; init; } = AnalyzerLimits.Default;

    /// <summary>The secrets of the user's key logs. What the capture itself holds is added to it.</summary>
    public SecretStore Secrets { get; init; } = new();

    /// <summary>Names of addresses that the user gives; they hold where the capture says nothing.</summary>
    public IReadOnlyDictionary<IpAddress, string> Names { get; init; } = new Dictionary<IpAddress, string>();
}
