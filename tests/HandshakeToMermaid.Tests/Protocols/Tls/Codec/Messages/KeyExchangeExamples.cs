namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>ServerKeyExchange and ClientKeyExchange in each of their forms.</summary>
internal static class KeyExchangeExamples
{
    private const string Signature = "algorithm:2 signature<2> ServerKeyExchange";
    private const string DhParams = "dh_p<2> dh_g<2> dh_Ys<2>";
    private const string SrpParams = "srp_N<2> srp_g<2> srp_s<1> srp_B<2>";
    private const string Ecdh = "curve_type!1 namedcurve:2 public<1>";
    private const string DhHex = "0002 0101 0001 02 0003 A1A2A3";
    private const string SrpHex = "0003 00007F 0001 02 02 B1B2 0003 A1A2A3";
    private const string EcdhHex = "03 001D 03 A1A2A3";
    private const string SignatureHex = "0401 0003 010203";

    public static readonly MessageExample[] All =
    [
        new("ServerKeyExchange ECDHE (RFC 8422 section 5.4)", 12, 0x0303, 0xC02F, $"{Ecdh} {Signature}", $"{EcdhHex} {SignatureHex}",
            "Method=Ecdhe Group=x25519 PublicKey=a1a2a3 Parameters=03001d03a1a2a3 Scheme=rsa_pkcs1_sha256 Signature=010203"),
        new("ServerKeyExchange ECDHE of TLS 1.1", 12, 0x0302, 0xC013, $"{Ecdh} signature<2> ServerKeyExchange", $"{EcdhHex} 0003 010203",
            "Method=Ecdhe Group=x25519 PublicKey=a1a2a3 Parameters=03001d03a1a2a3 Signature=010203"),
        new("ServerKeyExchange ECDHE with an explicit curve", 12, 0x0303, 0xC02F, null, "01 0102030405", "Method=Ecdhe"),
        new("ServerKeyExchange ECDHE, empty", 12, 0x0303, 0xC02F, null, "", "Method=Ecdhe (curve_type is truncated at byte 0)"),
        new("ServerKeyExchange ECDHE, cut in the curve", 12, 0x0303, 0xC02F, null, "03 00", "Method=Ecdhe (namedcurve is truncated at byte 1)"),
        new("ServerKeyExchange ECDHE, cut in the key", 12, 0x0303, 0xC02F, null, "03 001D 20 A1", "Method=Ecdhe Group=x25519 (public is truncated at byte 4)"),
        new("ServerKeyExchange ECDHE, cut in the algorithm", 12, 0x0303, 0xC02F, null, $"{EcdhHex} 04", "Method=Ecdhe Group=x25519 PublicKey=a1a2a3 Parameters=03001d03a1a2a3 (algorithm is truncated at byte 7)"),
        new("ServerKeyExchange ECDH_anon (RFC 8422 section 2.5)", 12, 0x0303, 0xC018, $"{Ecdh} ServerKeyExchange", EcdhHex, "Method=EcdhAnon Group=x25519 PublicKey=a1a2a3 Parameters=03001d03a1a2a3"),
        new("ServerKeyExchange ECDHE_PSK (RFC 5489 section 2)", 12, 0x0303, 0xC035, $"psk_identity_hint<2> {Ecdh} ServerKeyExchange", $"0002 6869 {EcdhHex}",
            "Method=EcdhePsk PskIdentityHint=6869 Group=x25519 PublicKey=a1a2a3 Parameters=0002686903001d03a1a2a3"),
        new("ServerKeyExchange ECDHE_PSK with an explicit curve", 12, 0x0303, 0xC035, null, "0002 6869 01 02", "Method=EcdhePsk PskIdentityHint=6869"),
        new("ServerKeyExchange DHE (RFC 5246 section 7.4.3)", 12, 0x0303, 0x0033, $"{DhParams} {Signature}", $"{DhHex} {SignatureHex}",
            "Method=Dhe PrimeBits=9 PublicKey=a1a2a3 Parameters=000201010001020003a1a2a3 Scheme=rsa_pkcs1_sha256 Signature=010203"),
        new("ServerKeyExchange DHE of SSL 3.0", 12, 0x0300, 0x0033, $"{DhParams} signature<2> ServerKeyExchange", "0001 FF 0000 0000 0001 02", "Method=Dhe PrimeBits=8 Parameters=0001ff00000000 Signature=02"),
        new("ServerKeyExchange DH_anon", 12, 0x0303, 0x0034, $"{DhParams} ServerKeyExchange", "0002 0000 0000 0001 A1", "Method=DhAnon PublicKey=a1 Parameters=0002000000000001a1"),
        new("ServerKeyExchange DHE_PSK (RFC 4279 section 3)", 12, 0x0303, 0x0090, $"psk_identity_hint<2> {DhParams} ServerKeyExchange", "0001 68 0001 01 0000 0001 A1",
            "Method=DhePsk PskIdentityHint=68 PrimeBits=1 PublicKey=a1 Parameters=00016800010100000001a1"),
        new("ServerKeyExchange PSK (RFC 4279 section 2)", 12, 0x0303, 0x008C, "psk_identity_hint<2> ServerKeyExchange", "0002 6869", "Method=Psk PskIdentityHint=6869 Parameters=00026869"),
        new("ServerKeyExchange RSA_PSK (RFC 4279 section 4)", 12, 0x0303, 0x0094, "psk_identity_hint<2> ServerKeyExchange", "0002 6869", "Method=RsaPsk PskIdentityHint=6869 Parameters=00026869"),
        new("ServerKeyExchange RSA_EXPORT (RFC 2246 section 7.4.3)", 12, 0x0301, 0x0003, "rsa_modulus<2> rsa_exponent<2> signature<2> ServerKeyExchange", "0003 00B1B2 0001 03 0002 0102",
            "Method=RsaExport PrimeBits=16 PublicKey=00b1b2 Parameters=000300b1b2000103 Signature=0102"),
        new("ServerKeyExchange SRP (RFC 5054 section 2.5.3)", 12, 0x0303, 0xC01D, $"{SrpParams} ServerKeyExchange", SrpHex, "Method=Srp PrimeBits=7 PublicKey=a1a2a3 Parameters=000300007f00010202b1b20003a1a2a3"),
        new("ServerKeyExchange SRP signed by RSA", 12, 0x0303, 0xC01E, $"{SrpParams} {Signature}", $"{SrpHex} {SignatureHex}",
            "Method=Srp PrimeBits=7 PublicKey=a1a2a3 Parameters=000300007f00010202b1b20003a1a2a3 Scheme=rsa_pkcs1_sha256 Signature=010203"),
        new("ServerKeyExchange SRP signed by DSS before TLS 1.2", 12, 0x0301, 0xC01F, $"{SrpParams} signature<2> ServerKeyExchange", $"{SrpHex} 0001 09",
            "Method=Srp PrimeBits=7 PublicKey=a1a2a3 Parameters=000300007f00010202b1b20003a1a2a3 Signature=09"),
        new("ServerKeyExchange of a suite that is not known", 12, 0x0303, 0, null, "0102", "Method=Unknown"),
        new("ServerKeyExchange of GOST", 12, 0x0303, 0x0081, null, "0102", "Method=Gost"),

        new("ClientKeyExchange RSA (RFC 5246 section 7.4.7.1)", 16, 0x0303, 0x002F, "EncryptedPreMasterSecret<2> ClientKeyExchange", "0003 A1A2A3", "Method=Rsa Exchange=a1a2a3"),
        new("ClientKeyExchange RSA of SSL 3.0 (RFC 6101 section 5.6.7.1)", 16, 0x0300, 0x0005, null, "A1A2A3", "Method=Rsa Exchange=a1a2a3"),
        new("ClientKeyExchange RSA_EXPORT (RFC 2246 section 7.4.7.1)", 16, 0x0301, 0x0003, "EncryptedPreMasterSecret<2> ClientKeyExchange", "0003 A1A2A3", "Method=RsaExport Exchange=a1a2a3"),
        new("ClientKeyExchange RSA_EXPORT of SSL 3.0", 16, 0x0300, 0x0003, null, "A1A2A3", "Method=RsaExport Exchange=a1a2a3"),
        new("ClientKeyExchange RSA_PSK (RFC 4279 section 4)", 16, 0x0303, 0x0094, "psk_identity<2> EncryptedPreMasterSecret<2> ClientKeyExchange", "0002 6869 0003 A1A2A3", "Method=RsaPsk PskIdentity=6869 Exchange=a1a2a3"),
        new("ClientKeyExchange PSK (RFC 4279 section 2)", 16, 0x0303, 0x008C, "psk_identity<2> ClientKeyExchange", "0002 6869", "Method=Psk PskIdentity=6869"),
        new("ClientKeyExchange DHE (RFC 5246 section 7.4.7.2)", 16, 0x0303, 0x0033, "dh_Yc<2> ClientKeyExchange", "0003 A1A2A3", "Method=Dhe Exchange=a1a2a3"),
        new("ClientKeyExchange DH_anon", 16, 0x0303, 0x0034, "dh_Yc<2> ClientKeyExchange", "0003 A1A2A3", "Method=DhAnon Exchange=a1a2a3"),
        new("ClientKeyExchange DHE_PSK (RFC 4279 section 3)", 16, 0x0303, 0x0090, "psk_identity<2> dh_Yc<2> ClientKeyExchange", "0002 6869 0003 A1A2A3", "Method=DhePsk PskIdentity=6869 Exchange=a1a2a3"),
        new("ClientKeyExchange DH with the key in the certificate", 16, 0x0303, 0x0031, "?dh_Yc<2> ClientKeyExchange", "0003 A1A2A3", "Method=Dh Exchange=a1a2a3"),
        new("ClientKeyExchange ECDHE (RFC 8422 section 5.7)", 16, 0x0303, 0xC02F, "ecdh_Yc<1> ClientKeyExchange", "03 A1A2A3", "Method=Ecdhe Exchange=a1a2a3"),
        new("ClientKeyExchange ECDH_anon", 16, 0x0303, 0xC018, "ecdh_Yc<1> ClientKeyExchange", "03 A1A2A3", "Method=EcdhAnon Exchange=a1a2a3"),
        new("ClientKeyExchange ECDHE_PSK (RFC 5489 section 2)", 16, 0x0303, 0xC035, "psk_identity<2> ecdh_Yc<1> ClientKeyExchange", "0002 6869 03 A1A2A3", "Method=EcdhePsk PskIdentity=6869 Exchange=a1a2a3"),
        new("ClientKeyExchange ECDH with the key in the certificate", 16, 0x0303, 0xC004, "?ecdh_Yc<1> ClientKeyExchange", "03 A1A2A3", "Method=Ecdh Exchange=a1a2a3"),
        new("ClientKeyExchange ECDH without a key", 16, 0x0303, 0xC004, null, "", "Method=Ecdh"),
        new("ClientKeyExchange SRP (RFC 5054 section 2.5.4)", 16, 0x0303, 0xC01D, "srp_A<2> ClientKeyExchange", "0003 A1A2A3", "Method=Srp Exchange=a1a2a3"),
        new("ClientKeyExchange of GOST", 16, 0x0303, 0x0081, null, "A1A2A3", "Method=Gost Exchange=a1a2a3"),
        new("ClientKeyExchange of a suite that is not known", 16, 0x0303, 0, null, "A1A2A3", "Method=Unknown Exchange=a1a2a3"),
    ];
}
