namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>What all ways of going over to TLS have in common.</summary>
/// <param name="key">Its name in JSON, as <c>openssl s_client -starttls</c> calls it: "smtp".</param>
/// <param name="label">What people call the protocol: "SMTP".</param>
internal abstract class StartTlsExchange(string key, string label) : UpgradeExchange
{
    /// <inheritdoc/>
    public override string Name { get; } = $"starttls-{key}";

    /// <inheritdoc/>
    public override string Title { get; } = $"STARTTLS ({label})";

    /// <inheritdoc/>
    public override string Protocol { get; } = label;

    /// <inheritdoc/>
    public override string JsonKey => "starttls";
}
