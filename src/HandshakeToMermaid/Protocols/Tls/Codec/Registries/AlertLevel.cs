namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>How grave an alert is (RFC 8446 section 6).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct AlertLevel(byte Code)
{
    /// <summary>The connection may go on.</summary>
    public static readonly AlertLevel Warning = new(1);

    /// <summary>The connection ends.</summary>
    public static readonly AlertLevel Fatal = new(2);

    /// <summary>"warning", "fatal", or the number.</summary>
    public string Name => Code switch { 1 => "warning", 2 => "fatal", _ => $"unknown_{Code}" };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
