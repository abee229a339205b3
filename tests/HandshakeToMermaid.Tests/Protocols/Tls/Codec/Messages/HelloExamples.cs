namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>Hellos and what goes with them.</summary>
internal static class HelloExamples
{
    private const string Extensions = "extensions<2>{extension_type:2 extension_data<2>}";
    private const string ClientHello = $"legacy_version!2 random:32 legacy_session_id<1> cipher_suites<2>/2 legacy_compression_methods<1> {Extensions}? ClientHello";
    private const string ServerHello = $"legacy_version!2 random:32 legacy_session_id_echo<1> cipher_suite:2 legacy_compression_method:1 {Extensions}? ServerHello";
    private const string Ssl2ClientHello = "version:2 cipher_spec_length:2 session_id_length:2 challenge_length:2 cipher_specs@cipher_spec_length/3{cipher_spec:3} "
        + "session_id@session_id_length challenge@challenge_length CLIENT-HELLO";
    private const string Ssl2ServerHello = "SESSION-ID-HIT:1 CERTIFICATE-TYPE:1 SERVER-VERSION:2 CERTIFICATE-LENGTH:2 CIPHER-SPECS-LENGTH:2 CONNECTION-ID-LENGTH:2 "
        + "CERTIFICATE-DATA@CERTIFICATE-LENGTH CIPHER-SPECS-DATA@CIPHER-SPECS-LENGTH{CIPHER-KIND:3} CONNECTION-ID-DATA@CONNECTION-ID-LENGTH SERVER-HELLO";
    private const string Ssl2MasterKey = "CIPHER-KIND:3 CLEAR-KEY-LENGTH:2 ENCRYPTED-KEY-LENGTH:2 KEY-ARG-LENGTH:2 CLEAR-KEY-DATA@CLEAR-KEY-LENGTH "
        + "ENCRYPTED-KEY-DATA@ENCRYPTED-KEY-LENGTH KEY-ARG-DATA@KEY-ARG-LENGTH CLIENT-MASTER-KEY";

    /// <summary>SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3).</summary>
    private const string RetryRandom = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    public static readonly MessageExample[] All =
    [
        new("ClientHello (RFC 8446 section 4.1.2)", 1, 0, 0, ClientHello, "0303 C1*32 02 AAAB 0004 1301C02F 02 0001 000B 7777 0003 010203 7778 0000",
            "LegacyVersion=TLS 1.2 Random=c1*32 SessionId=aaab CipherSuites=[TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256] CompressionMethods=[0, 1] Extensions=[0x7777(), 0x7778()] SessionRandom=c1*32"),
        new("ClientHello of DTLS (RFC 6347 section 4.2.1)", 1, 0, 0, ClientHello.Replace("cipher_suites<", "cookie<1> cipher_suites<", StringComparison.Ordinal), "FEFD C1*32 01 AA 03 B0B1B2 0002 5600 01 00",
            "LegacyVersion=DTLS 1.2 Random=c1*32 SessionId=aa Cookie=b0b1b2 CipherSuites=[TLS_FALLBACK_SCSV] CompressionMethods=[0] SessionRandom=c1*32 IsFallback=yes"),
        new("ClientHello with extensions (RFC 8446 section 4.1.2)", 1, 0, 0, null,
            "0303 C1*32 00 0002 1301 01 00 [2 0000 [2 [2 00 [2 61]]] 0010 [2 [2 02 6832]] 002B [2 04 0303 0304] 000A [2 [2 001D]] 000D [2 [2 0403]] "
                + "0033 [2 [2 001D [2 A1A2A3]]] 002A 0000 0023 [2 EE] FE0D [2 00 0001 0003 07 [2] [2 CDEF]] 0029 [2 [2 [2 B1B2] 00000009] [2 [1 A1*32]]]]",
            "LegacyVersion=TLS 1.2 Random=c1*32 CipherSuites=[TLS_AES_128_GCM_SHA256] CompressionMethods=[0] Extensions=[server_name(HostName=a), "
                + "application_layer_protocol_negotiation(Protocols=[h2] First=6832), supported_versions(Versions=[TLS 1.2, TLS 1.3]), supported_groups(Groups=[x25519]), "
                + "signature_algorithms(Schemes=[ecdsa_secp256r1_sha256]), key_share(Shares=[x25519:a1a2a3]), early_data(), session_ticket(HasTicket=yes), "
                + "encrypted_client_hello(Kdf=1 Aead=3 ConfigId=7 PayloadLength=2), pre_shared_key(Identities=[b1b2:9] BinderCount=1 BindersLength=35)] "
                + "SessionRandom=c1*32 ServerName=a AlpnProtocols=[h2] SupportedVersions=[TLS 1.2, TLS 1.3] SupportedGroups=[x25519] SignatureSchemes=[ecdsa_secp256r1_sha256] "
                + "KeyShares=[x25519:a1a2a3] PreSharedKey=pre_shared_key(Identities=[b1b2:9] BinderCount=1 BindersLength=35) "
                + "EncryptedClientHello=encrypted_client_hello(Kdf=1 Aead=3 ConfigId=7 PayloadLength=2) OffersEarlyData=yes OffersTicket=yes OffersTls13=yes"),
        new("ClientHello with ALPS only and without TLS 1.3", 1, 0, 0, null, "0301 C1*32 00 0002 1301 01 00 [2 002B [2 02 0303] 4469 [2 [2 02 6832]]]",
            "LegacyVersion=TLS 1.0 Random=c1*32 CipherSuites=[TLS_AES_128_GCM_SHA256] CompressionMethods=[0] Extensions=[supported_versions(Versions=[TLS 1.2]), application_settings(Protocols=[h2] First=6832)] "
                + "SessionRandom=c1*32 SupportedVersions=[TLS 1.2]"),
        new("ClientHello cut in an extension", 1, 0, 0, null, "0303 C1*32 00 0002 1301 01 00 000A 7777 0000 7778 0009 0102",
            "LegacyVersion=TLS 1.2 Random=c1*32 CipherSuites=[TLS_AES_128_GCM_SHA256] CompressionMethods=[0] Extensions=[0x7777()] SessionRandom=c1*32 (extension_data is truncated at byte 51)"),
        new("ClientHello with two broken extensions", 1, 0, 0, null, "0303 C1*32 00 0002 1301 01 00 [2 002A [2 00] 0016 [2] 0017 [2 00]]",
            "LegacyVersion=TLS 1.2 Random=c1*32 CipherSuites=[TLS_AES_128_GCM_SHA256] CompressionMethods=[0] "
                + "Extensions=[early_data((extra bytes after early_data at byte 0)), encrypt_then_mac(), extended_master_secret((extra bytes after extension_data at byte 0))] "
                + "SessionRandom=c1*32 OffersEarlyData=yes (extra bytes after early_data at byte 0)"),
        new("CLIENT-HELLO of SSL 2.0 (RFC 5246 appendix E.2)", 0x201, 0, 0, Ssl2ClientHello, "0301 0006 0002 0010 00002F 010080 A1A2 C1*16",
            "LegacyVersion=TLS 1.0 Random=c1*16 SessionId=a1a2 CipherSuites=[TLS_RSA_WITH_AES_128_CBC_SHA, SSL2_RC4_128_WITH_MD5] IsSsl2Form=yes "
                + "SessionRandom=00000000000000000000000000000000c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"),
        new("SERVER-HELLO of SSL 2.0", 0x204, 0, 0, Ssl2ServerHello, "01 01 0002 0003 0006 0004 300100 010080 0700C0 D1D2D3D4",
            "IsSessionIdHit=yes Version=SSL 2.0 Certificate=300100 CipherSuites=[SSL2_RC4_128_WITH_MD5, SSL2_DES_192_EDE3_CBC_WITH_MD5] ConnectionId=d1d2d3d4"),
        new("SERVER-HELLO of SSL 2.0 without a certificate", 0x204, 0, 0, null, "00 01 0002 0000 0000 0000", "Version=SSL 2.0"),
        new("CLIENT-MASTER-KEY of SSL 2.0", 0x202, 0, 0, Ssl2MasterKey, "0700C0 0001 0002 0003 A1 B1B2 C1C2C3", "CipherSuite=SSL2_DES_192_EDE3_CBC_WITH_MD5"),
        new("CLIENT-MASTER-KEY of SSL 2.0, cut", 0x202, 0, 0, null, "0700", "(CIPHER-KIND is truncated at byte 0)"),

        new("ServerHello (RFC 5246 section 7.4.1.3)", 2, 0, 0, ServerHello, "0303 51*32 02 AAAB C02F 01 0006 7777 0002 0102",
            "LegacyVersion=TLS 1.2 Random=51*32 SessionId=aaab CipherSuite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 CompressionMethod=1 Extensions=[0x7777()] Version=TLS 1.2"),
        new("ServerHello cut before the suite", 2, 0, 0, null, "0303 51*32 00 C0", "LegacyVersion=TLS 1.2 Random=51*32 Version=TLS 1.2 (cipher_suite is truncated at byte 35)"),
        new("ServerHello with a broken extension", 2, 0, 0, null, "0303 51*32 00 1301 00 [2 7777 [2] 0010 [2 [2 09 6832]]]",
            "LegacyVersion=TLS 1.2 Random=51*32 CipherSuite=TLS_AES_128_GCM_SHA256 Extensions=[0x7777(), application_layer_protocol_negotiation((ProtocolName is truncated at byte 3))] "
                + "Version=TLS 1.2 (ProtocolName is truncated at byte 3)"),
        new("ServerHello of TLS 1.3 (RFC 8446 section 4.1.3)", 2, 0, 0, null, "0303 51*32 00 1301 00 [2 002B [2 0304] 0033 [2 001D [2 A1A2A3]] 0029 [2 0001]]",
            "LegacyVersion=TLS 1.2 Random=51*32 CipherSuite=TLS_AES_128_GCM_SHA256 Extensions=[supported_versions(Versions=[TLS 1.3]), key_share(Shares=[x25519:a1a2a3]), "
                + "pre_shared_key(SelectedIdentity=1)] Version=TLS 1.3 Group=x25519 AcceptsPreSharedKey=yes"),
        new("ServerHello of a server that speaks TLS 1.2 too (RFC 8446 section 4.1.3)", 2, 0, 0, null, "0302 51*24 444F574E47524401 00 002F 00 [2 0010 [2 [2 02 6832 01 61]]]",
            "LegacyVersion=TLS 1.1 Random=515151515151515151515151515151515151515151515151444f574e47524401 CipherSuite=TLS_RSA_WITH_AES_128_CBC_SHA "
                + "Extensions=[application_layer_protocol_negotiation(Protocols=[h2, a] First=6832)] Version=TLS 1.1 AlpnProtocol=h2 DowngradeMark=TLS 1.2"),
        new("ServerHello of a server that speaks TLS 1.1 too", 2, 0, 0, null, "0301 51*24 444F574E47524400 00 002F 00",
            "LegacyVersion=TLS 1.0 Random=515151515151515151515151515151515151515151515151444f574e47524400 CipherSuite=TLS_RSA_WITH_AES_128_CBC_SHA Version=TLS 1.0 DowngradeMark=TLS 1.1"),
        new("ServerHello of draft 18", 2, 0, 0, $"legacy_version!2 random:32 cipher_suite:2 {Extensions}? ServerHello", "7F12 51*32 1301 0006 7777 0002 0102",
            "LegacyVersion=TLS 1.3 (draft 18) Random=51*32 CipherSuite=TLS_AES_128_GCM_SHA256 Extensions=[0x7777()] Version=TLS 1.3 (draft 18)"),
        new("ServerHello of draft 21", 2, 0, 0, $"legacy_version!2 random:32 cipher_suite:2 {Extensions}? ServerHello", "7F15 51*32 1301",
            "LegacyVersion=TLS 1.3 (draft 21) Random=51*32 CipherSuite=TLS_AES_128_GCM_SHA256 Version=TLS 1.3 (draft 21)"),
        new("ServerHello of draft 22", 2, 0, 0, ServerHello, "7F16 51*32 00 1301 00",
            "LegacyVersion=TLS 1.3 (draft 22) Random=51*32 CipherSuite=TLS_AES_128_GCM_SHA256 Version=TLS 1.3 (draft 22)"),
        new("HelloRetryRequest (RFC 8446 section 4.1.4)", 2, 0, 0, null, $"0303 {RetryRandom} 00 1301 00 [2 002B [2 0304] 0033 [2 0017] 0029 [2 0001]]",
            $"LegacyVersion=TLS 1.2 Random={RetryRandom} CipherSuite=TLS_AES_128_GCM_SHA256 Extensions=[supported_versions(Versions=[TLS 1.3]), "
                + "key_share(Shares=[secp256r1:]), pre_shared_key(SelectedIdentity=1)] IsHelloRetryRequest=yes Version=TLS 1.3 Group=secp256r1"),
        new("HelloRetryRequest of draft 18", 6, 0, 0, $"legacy_version!2 {Extensions}? ServerHello", "7F12 0006 7777 0002 0102",
            "LegacyVersion=TLS 1.3 (draft 18) Extensions=[0x7777()] IsHelloRetryRequest=yes Version=TLS 1.3 (draft 18)"),
        new("HelloRetryRequest of draft 19", 6, 0, 0, $"legacy_version!2 cipher_suite:2 {Extensions}? ServerHello", "7F13 1301 0006 7777 0002 0102",
            "LegacyVersion=TLS 1.3 (draft 19) CipherSuite=TLS_AES_128_GCM_SHA256 Extensions=[0x7777()] IsHelloRetryRequest=yes Version=TLS 1.3 (draft 19)"),
        new("HelloVerifyRequest (RFC 6347 section 4.2.1)", 3, 0, 0, "server_version:2 cookie<1> HelloVerifyRequest", "FEFF 03 B0B1B2", "ServerVersion=DTLS 1.0 Cookie=b0b1b2"),
        new("EncryptedExtensions (RFC 8446 section 4.3.1)", 8, 0x0304, 0x1301, $"{Extensions} EncryptedExtensions", "0006 7777 0002 0102", "Extensions=[0x7777()]"),
        new("EncryptedExtensions with ALPN (RFC 7301 section 3.1)", 8, 0x0304, 0x1301, null, "[2 4469 [2] 0010 [2 [2 02 6832]]]",
            "Extensions=[application_settings(), application_layer_protocol_negotiation(Protocols=[h2] First=6832)] AlpnProtocol=h2"),
        new("EncryptedExtensions with a broken extension", 8, 0x0304, 0x1301, null, "[2 0010 [2 [2 09 6832]]]",
            "Extensions=[application_layer_protocol_negotiation((ProtocolName is truncated at byte 3))] (ProtocolName is truncated at byte 3)"),
        new("HelloRequest (RFC 5246 section 7.4.1.1)", 0, 0x0303, 0, "hello_request", "", ""),
        new("ServerHelloDone (RFC 5246 section 7.4.5)", 14, 0x0303, 0, "server_hello_done", "", ""),
        new("EndOfEarlyData (RFC 8446 section 4.5)", 5, 0x0304, 0, "end_of_early_data", "", ""),
        new("message_hash (RFC 8446 section 4.4.1)", 254, 0x0304, 0, null, "0102", "Body=0102"),
        new("a number that nobody assigned", 7, 0x0304, 0, null, "01", "Body=01"),
    ];
}
