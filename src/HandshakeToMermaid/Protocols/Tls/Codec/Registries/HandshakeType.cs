namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A handshake message (RFC 8446 section 4).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct HandshakeType(byte Code)
{
    /// <summary>HelloRequest.</summary>
    public static readonly HandshakeType HelloRequest = new(0);

    /// <summary>ClientHello.</summary>
    public static readonly HandshakeType ClientHello = new(1);

    /// <summary>ServerHello.</summary>
    public static readonly HandshakeType ServerHello = new(2);

    /// <summary>HelloVerifyRequest.</summary>
    public static readonly HandshakeType HelloVerifyRequest = new(3);

    /// <summary>NewSessionTicket.</summary>
    public static readonly HandshakeType NewSessionTicket = new(4);

    /// <summary>EndOfEarlyData.</summary>
    public static readonly HandshakeType EndOfEarlyData = new(5);

    /// <summary>HelloRetryRequest.</summary>
    public static readonly HandshakeType HelloRetryRequest = new(6);

    /// <summary>EncryptedExtensions.</summary>
    public static readonly HandshakeType EncryptedExtensions = new(8);

    /// <summary>Certificate.</summary>
    public static readonly HandshakeType Certificate = new(11);

    /// <summary>ServerKeyExchange.</summary>
    public static readonly HandshakeType ServerKeyExchange = new(12);

    /// <summary>CertificateRequest.</summary>
    public static readonly HandshakeType CertificateRequest = new(13);

    /// <summary>ServerHelloDone.</summary>
    public static readonly HandshakeType ServerHelloDone = new(14);

    /// <summary>CertificateVerify.</summary>
    public static readonly HandshakeType CertificateVerify = new(15);

    /// <summary>ClientKeyExchange.</summary>
    public static readonly HandshakeType ClientKeyExchange = new(16);

    /// <summary>Finished.</summary>
    public static readonly HandshakeType Finished = new(20);

    /// <summary>CertificateUrl.</summary>
    public static readonly HandshakeType CertificateUrl = new(21);

    /// <summary>CertificateStatus.</summary>
    public static readonly HandshakeType CertificateStatus = new(22);

    /// <summary>SupplementalData.</summary>
    public static readonly HandshakeType SupplementalData = new(23);

    /// <summary>KeyUpdate.</summary>
    public static readonly HandshakeType KeyUpdate = new(24);

    /// <summary>CompressedCertificate.</summary>
    public static readonly HandshakeType CompressedCertificate = new(25);

    /// <summary>NextProtocol.</summary>
    public static readonly HandshakeType NextProtocol = new(67);

    /// <summary>MessageHash.</summary>
    public static readonly HandshakeType MessageHash = new(254);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => HandshakeTypeTable.NameOf(Code) ?? $"unknown_{Code}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => HandshakeTypeTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
