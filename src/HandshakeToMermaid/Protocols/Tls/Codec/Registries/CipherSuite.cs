namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A cipher suite, or a cipher kind of SSL 2.0.</summary>
/// <param name="Code">The number on the wire: 16 bits; 24 bits for a cipher kind of SSL 2.0 that TLS does not share.</param>
internal readonly record struct CipherSuite(int Code)
{
    /// <summary>Not a suite: signals that secure renegotiation is supported (RFC 5746 section 3.3).</summary>
    public static readonly CipherSuite EmptyRenegotiationInfoScsv = new(0x00FF);

    /// <summary>Not a suite: signals that a higher version failed before (RFC 7507).</summary>
    public static readonly CipherSuite FallbackScsv = new(0x5600);

    /// <summary>The IANA name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => CipherSuiteTable.NameOf(Code) ?? (IsGrease ? "GREASE" : Code > 0xFFFF ? $"0x{Code:X6}" : $"0x{Code:X4}");

    /// <summary>OpenSSL's name, where it has one.</summary>
    public string? OpenSslName => CipherSuiteTable.OpenSslOf(Code);

    /// <summary>The name people say: OpenSSL's up to TLS 1.2, the registry's for TLS 1.3.</summary>
    public string Label => OpenSslName ?? Name;

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => CipherSuiteTable.NameOf(Code) is not null;

    /// <summary>True for the values that RFC 8701 reserves to keep peers tolerant.</summary>
    public bool IsGrease => Grease.Is(Code);

    /// <summary>True for the two numbers that are signals and no suites.</summary>
    public bool IsSignal => this == EmptyRenegotiationInfoScsv || this == FallbackScsv;

    /// <summary>How keys are agreed on.</summary>
    public KeyExchangeMethod KeyExchange => CipherSuiteTable.KeyExchangeOf(Code) switch
    {
        "TLS13" => KeyExchangeMethod.Tls13,
        "NULL" => KeyExchangeMethod.None,
        "RSA" => KeyExchangeMethod.Rsa,
        "RSA_EXPORT" => KeyExchangeMethod.RsaExport,
        "DH" or "DH_EXPORT" => KeyExchangeMethod.Dh,
        "DHE" or "DHE_EXPORT" => KeyExchangeMethod.Dhe,
        "DH_anon" or "DH_anon_EXPORT" => KeyExchangeMethod.DhAnon,
        "ECDH" => KeyExchangeMethod.Ecdh,
        "ECDHE" => KeyExchangeMethod.Ecdhe,
        "ECDH_anon" => KeyExchangeMethod.EcdhAnon,
        "PSK" => KeyExchangeMethod.Psk,
        "RSA_PSK" => KeyExchangeMethod.RsaPsk,
        "DHE_PSK" => KeyExchangeMethod.DhePsk,
        "ECDHE_PSK" => KeyExchangeMethod.EcdhePsk,
        "SRP" => KeyExchangeMethod.Srp,
        "KRB5" or "KRB5_EXPORT" => KeyExchangeMethod.Kerberos,
        "GOST" => KeyExchangeMethod.Gost,
        _ => KeyExchangeMethod.Unknown,
    };

    /// <summary>True for the suites of the 1990s with keys shortened by export law.</summary>
    public bool IsExport => CipherSuiteTable.NameOf(Code)?.Contains("_EXPORT", StringComparison.Ordinal) ?? false;

    /// <summary>How the server is authenticated: RSA, ECDSA, DSS, anon, PSK, SRP, KRB5, GOST, TLS13; null where unknown.</summary>
    public string? Authentication => CipherSuiteTable.AuthenticationOf(Code);

    /// <summary>The bulk cipher: AES_128_GCM, 3DES_EDE_CBC; null where unknown.</summary>
    public string? Cipher => CipherSuiteTable.CipherOf(Code);

    /// <summary>Bits of the bulk cipher's key; 0 for none or unknown.</summary>
    public int KeyBits => int.TryParse(CipherSuiteTable.KeyBitsOf(Code), out var bits) ? bits : 0;

    /// <summary>How records are protected.</summary>
    public CipherMode Mode => CipherSuiteTable.ModeOf(Code) switch
    {
        "AEAD" => CipherMode.Aead,
        "CBC" => CipherMode.Cbc,
        "stream" => CipherMode.Stream,
        "NULL" => CipherMode.Null,
        _ => CipherMode.Unknown,
    };

    /// <summary>The hash of the record MAC: MD5, SHA, SHA256, SHA384, or one of GOST; null for AEAD and where unknown.</summary>
    public string? Mac => CipherSuiteTable.MacOf(Code);

    /// <summary>The hash of the TLS 1.2 PRF or the TLS 1.3 key schedule: SHA256, SHA384; null where unknown.</summary>
    public string? Prf => CipherSuiteTable.PrfOf(Code);

    /// <summary>Bytes of the record MAC; 0 for AEAD and where unknown.</summary>
    public int MacBytes => Mac switch { "MD5" => 16, "SHA" => 20, "SHA256" => 32, "SHA384" => 48, _ => 0 };

    /// <summary>Bytes of the authentication tag of an AEAD suite.</summary>
    public int TagBytes => Cipher is { } cipher && cipher.EndsWith("CCM_8", StringComparison.Ordinal) ? 8 : 16;

    /// <summary>Bytes of the hash of <see cref="Prf"/>: the length of a TLS 1.3 Finished; 32 where unknown.</summary>
    public int HashBytes => Prf switch { "SHA384" => 48, "SHA512" => 64, _ => 32 };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
