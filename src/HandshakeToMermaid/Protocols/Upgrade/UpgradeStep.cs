using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A message before TLS on the same connection.</summary>
internal sealed class UpgradeStep(UpgradeMessage word) : Step
{
    /// <inheritdoc/>
    public override Phase Phase => IsInsideTls ? Phase.Tunnel : Phase.Upgrade;

    /// <inheritdoc/>
    public override string Title => word.Title ?? string.Empty;

    /// <inheritdoc/>
    public override string Explanation => word.Turn switch
    {
        UpgradeTransition.Asked when IsProxy => "asks the proxy to connect it with the server",
        UpgradeTransition.Accepted when IsProxy => "opens the tunnel: what follows passes through the proxy",
        UpgradeTransition.Refused when IsProxy => "opens no tunnel",
        UpgradeTransition.Declined => "asks for credentials before it opens the tunnel",
        UpgradeTransition.Ended => "ends the tunnel, not the connection that carries it",
        _ when IsProxy => "arranges the tunnel through the proxy",
        UpgradeTransition.Asked => "asks to switch this connection to TLS",
        UpgradeTransition.Accepted => "switches: TLS begins with the next bytes",
        UpgradeTransition.Refused => "does not switch to TLS",
        UpgradeTransition.Unasked => "starts in cleartext without asking for TLS",
        _ => "speaks in cleartext before TLS",
    };

    /// <summary>True where it was decrypted from TLS.</summary>
    public bool IsInsideTls { get; init; }

    /// <summary>True for a proxy's exchange.</summary>
    public bool IsProxy { get; init; }

    /// <summary>Its effect on the session.</summary>
    public UpgradeTransition Turn => word.Turn;

    /// <inheritdoc/>
    public override bool IsDeadEnd => word.Turn is UpgradeTransition.Refused or UpgradeTransition.Declined;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => word.Facts ?? [];
}
