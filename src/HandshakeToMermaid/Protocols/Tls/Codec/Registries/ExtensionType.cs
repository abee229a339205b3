namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A hello extension (RFC 8446 section 4.2).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct ExtensionType(ushort Code)
{
    /// <summary>RFC 6066 section 3.</summary>
    public static readonly ExtensionType ServerName = new(0x0);

    /// <summary>RFC 6066 section 4.</summary>
    public static readonly ExtensionType MaxFragmentLength = new(0x1);

    /// <summary>RFC 6066 section 8.</summary>
    public static readonly ExtensionType StatusRequest = new(0x5);

    /// <summary>RFC 8446 section 4.2.7.</summary>
    public static readonly ExtensionType SupportedGroups = new(0xa);

    /// <summary>RFC 8422 section 5.1.2.</summary>
    public static readonly ExtensionType EcPointFormats = new(0xb);

    /// <summary>RFC 8446 section 4.2.3.</summary>
    public static readonly ExtensionType SignatureAlgorithms = new(0xd);

    /// <summary>RFC 5764 section 4.1.1.</summary>
    public static readonly ExtensionType UseSrtp = new(0xe);

    /// <summary>RFC 6520 section 2.</summary>
    public static readonly ExtensionType Heartbeat = new(0xf);

    /// <summary>RFC 7301.</summary>
    public static readonly ExtensionType ApplicationLayerProtocolNegotiation = new(0x10);

    /// <summary>RFC 6962 section 3.3.1.</summary>
    public static readonly ExtensionType SignedCertificateTimestamp = new(0x12);

    /// <summary>RFC 7250.</summary>
    public static readonly ExtensionType ClientCertificateType = new(0x13);

    /// <summary>RFC 7250.</summary>
    public static readonly ExtensionType ServerCertificateType = new(0x14);

    /// <summary>RFC 7685.</summary>
    public static readonly ExtensionType Padding = new(0x15);

    /// <summary>RFC 7366.</summary>
    public static readonly ExtensionType EncryptThenMac = new(0x16);

    /// <summary>RFC 7627.</summary>
    public static readonly ExtensionType ExtendedMasterSecret = new(0x17);

    /// <summary>RFC 8879.</summary>
    public static readonly ExtensionType CompressCertificate = new(0x1b);

    /// <summary>RFC 8449.</summary>
    public static readonly ExtensionType RecordSizeLimit = new(0x1c);

    /// <summary>RFC 9345.</summary>
    public static readonly ExtensionType DelegatedCredential = new(0x22);

    /// <summary>RFC 5077 section 3.2.</summary>
    public static readonly ExtensionType SessionTicket = new(0x23);

    /// <summary>RFC 8446 section 4.2.11.</summary>
    public static readonly ExtensionType PreSharedKey = new(0x29);

    /// <summary>RFC 8446 section 4.2.10.</summary>
    public static readonly ExtensionType EarlyData = new(0x2a);

    /// <summary>RFC 8446 section 4.2.1.</summary>
    public static readonly ExtensionType SupportedVersions = new(0x2b);

    /// <summary>RFC 8446 section 4.2.2.</summary>
    public static readonly ExtensionType Cookie = new(0x2c);

    /// <summary>RFC 8446 section 4.2.9.</summary>
    public static readonly ExtensionType PskKeyExchangeModes = new(0x2d);

    /// <summary>RFC 8446 section 4.2.4.</summary>
    public static readonly ExtensionType CertificateAuthorities = new(0x2f);

    /// <summary>RFC 8446 section 4.2.6.</summary>
    public static readonly ExtensionType PostHandshakeAuth = new(0x31);

    /// <summary>RFC 8446 section 4.2.3.</summary>
    public static readonly ExtensionType SignatureAlgorithmsCert = new(0x32);

    /// <summary>RFC 8446 section 4.2.8.</summary>
    public static readonly ExtensionType KeyShare = new(0x33);

    /// <summary>The number that drafts of TLS 1.3 before 23 used for key_share.</summary>
    public static readonly ExtensionType KeyShareDraft = new(0x28);

    /// <summary>RFC 9001 section 8.2.</summary>
    public static readonly ExtensionType QuicTransportParameters = new(0x39);

    /// <summary>The forerunner of ALPN, never an RFC.</summary>
    public static readonly ExtensionType NextProtocolNegotiation = new(0x3374);

    /// <summary>ALPS, a draft.</summary>
    public static readonly ExtensionType ApplicationSettings = new(0x4469);

    /// <summary>ALPS with its later number.</summary>
    public static readonly ExtensionType ApplicationSettingsNew = new(0x44cd);

    /// <summary>RFC 9849.</summary>
    public static readonly ExtensionType EchOuterExtensions = new(0xfd00);

    /// <summary>RFC 9849.</summary>
    public static readonly ExtensionType EncryptedClientHello = new(0xfe0d);

    /// <summary>RFC 5746.</summary>
    public static readonly ExtensionType RenegotiationInfo = new(0xff01);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => ExtensionTypeTable.NameOf(Code) ?? (Grease.Is(Code) ? "GREASE" : $"0x{Code:X4}");

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => ExtensionTypeTable.NameOf(Code) is not null;

    /// <summary>True for the values that RFC 8701 reserves to keep peers tolerant.</summary>
    public bool IsGrease => Grease.Is(Code);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
