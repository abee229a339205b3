namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>What a record carries (RFC 8446 section 5.1).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct ContentType(byte Code)
{
    /// <summary>RFC 5246 section 7.1.</summary>
    public static readonly ContentType ChangeCipherSpec = new(20);

    /// <summary>RFC 8446 section 6.</summary>
    public static readonly ContentType Alert = new(21);

    /// <summary>RFC 8446 section 4.</summary>
    public static readonly ContentType Handshake = new(22);

    /// <summary>RFC 8446 section 5.2.</summary>
    public static readonly ContentType ApplicationData = new(23);

    /// <summary>RFC 6520.</summary>
    public static readonly ContentType Heartbeat = new(24);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => ContentTypeTable.NameOf(Code) ?? $"unknown_{Code}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => ContentTypeTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
