using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>An alert; of one that cannot be decrypted only the fact that it was sent is known.</summary>
internal sealed class TlsAlertStep : Step
{
    /// <summary>The alert; null where it is encrypted.</summary>
    public Alert? Alert { get; init; }

    /// <summary>True where it comes behind the handshake.</summary>
    public bool IsAfterHandshake { get; init; }

    /// <summary>True for a fatal one in a handshake: nothing comes behind it.</summary>
    public bool IsFatal => Alert is { } alert && alert.Level == AlertLevel.Fatal;

    /// <inheritdoc/>
    public override Phase Phase => IsAfterHandshake ? Phase.Close : Phase.Tls;

    /// <inheritdoc/>
    public override string Title => Alert is { } alert ? $"Alert: {alert.Level.Name}, {alert.Description.Name}" : "Encrypted alert";

    /// <inheritdoc/>
    public override string Explanation => Alert is { } alert ? AlertWords.ExplanationOf(alert) : "is an error or the end: only the keys tell";

    /// <inheritdoc/>
    public override bool IsDeadEnd => IsFatal;

    /// <inheritdoc/>
    public override int Length => 2;
}
