namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>Why an alert was sent (RFC 8446 section 6).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct AlertDescription(byte Code)
{
    /// <summary>The sender is done.</summary>
    public static readonly AlertDescription CloseNotify = new(0);

    /// <summary>No acceptable set of parameters.</summary>
    public static readonly AlertDescription HandshakeFailure = new(40);

    /// <summary>The handshake was given up for a reason outside the protocol.</summary>
    public static readonly AlertDescription UserCanceled = new(90);

    /// <summary>A message that cannot be decoded; what OpenSSL also sends where the peer closed in the middle of a handshake.</summary>
    public static readonly AlertDescription DecodeError = new(50);

    /// <summary>A warning: the peer will not renegotiate.</summary>
    public static readonly AlertDescription NoRenegotiation = new(100);

    /// <summary>No server with that name.</summary>
    public static readonly AlertDescription UnrecognizedName = new(112);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => AlertDescriptionTable.NameOf(Code) ?? $"unknown_{Code}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => AlertDescriptionTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
