namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A protocol version as the wire writes it.</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct ProtocolVersion(ushort Code)
{
    /// <summary>SSL 2.0.</summary>
    public static readonly ProtocolVersion Ssl2 = new(0x0002);

    /// <summary>SSL 3.0 (RFC 6101).</summary>
    public static readonly ProtocolVersion Ssl3 = new(0x0300);

    /// <summary>TLS 1.0 (RFC 2246).</summary>
    public static readonly ProtocolVersion Tls10 = new(0x0301);

    /// <summary>TLS 1.1 (RFC 4346).</summary>
    public static readonly ProtocolVersion Tls11 = new(0x0302);

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    public static readonly ProtocolVersion Tls12 = new(0x0303);

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    public static readonly ProtocolVersion Tls13 = new(0x0304);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => ProtocolVersionTable.NameOf(Code) ?? Other();

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => ProtocolVersionTable.NameOf(Code) is not null;

    /// <summary>True for the values that RFC 8701 reserves to keep peers tolerant.</summary>
    public bool IsGrease => Grease.Is(Code);

    /// <summary>True for TLS 1.3, its drafts and DTLS 1.3: everything after the ServerHello is encrypted.</summary>
    public bool IsTls13 => Code is 0x0304 or 0xFEFC || Code >> 8 is 0x7F or 0x7E or 0xFB;

    /// <summary>True for DTLS, whose numbers count down from 0xFEFF.</summary>
    public bool IsDtls => Code >> 8 == 0xFE;

    /// <summary>The draft's number, for a draft of TLS 1.3; 0 elsewhere.</summary>
    public int Draft => Code >> 8 == 0x7F ? Code & 0xFF : 0;

    private string Other() => (Code >> 8) switch
    {
        0x7F => $"TLS 1.3 (draft {Code & 0xFF})",
        0x7E => $"TLS 1.3 (Google experiment {Code & 0xFF})",
        0xFB => $"TLS 1.3 (Facebook draft {Code & 0xFF})",
        _ when Grease.Is(Code) => "GREASE",
        _ => $"0x{Code:x4}",
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
