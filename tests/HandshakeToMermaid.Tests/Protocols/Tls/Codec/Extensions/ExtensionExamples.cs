using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using static HandshakeToMermaid.Protocols.Tls.Codec.Extensions.MessagePlace;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Extensions;

/// <summary>Every extension that is decoded, in each of its forms.</summary>
internal static class ExtensionExamples
{
    private const string ServerName = "?server_name_list<2>{name_type:1 HostName<2>} server_name";
    private const string Alpn = "protocol_name_list<2>{ProtocolName<1>} application_layer_protocol_negotiation";
    private const string Timestamps = "sct_list<2>{SerializedSCT<2>} signed_certificate_timestamp";
    private const string Signatures = "supported_signature_algorithms<2>/2 signature_algorithms";
    private const string KeyShares = "client_shares<2>{group:2 key_exchange<2>} key_share";
    private const string OfferedPsks = "identities<2>{identity<2> obfuscated_ticket_age:4} binders<2>{PskBinderEntry<1>} pre_shared_key";

    public static readonly ExtensionExample[] All =
    [
        // RFC 6066 section 3
        new(0, ClientHello, ServerName, "[2 00 [2 61] 00 [2 62]]", "HostName=a"),
        new(0, ClientHello, null, "[2 01 [2 61] 00 [2 62]]", "HostName=b"),
        new(0, ClientHello, null, "[2 00 0002 61]", "(HostName is truncated at byte 5)"),
        new(0, EncryptedExtensions, null, "", ""),

        // RFC 6066 section 4, RFC 6520 section 2, RFC 8449 section 4
        new(1, ClientHello, "extension_data:1 extension_data", "04", "Value=4"),
        new(15, ServerHello, "extension_data:1 extension_data", "01", "Value=1"),
        new(28, ClientHello, "record_size_limit:2 extension_data", "4001", "Value=16385"),

        // RFC 6066 section 8, RFC 8446 section 4.4.2.1, RFC 6961
        new(5, ClientHello, "?status_type!1 responder_id_list<2> request_extensions<2> status_request", "01 [2 A1] [2 A2A3]", "StatusType=1"),
        new(5, ClientHello, null, "02 FF", "StatusType=2"),
        new(5, MessagePlace.Certificate, "?status_type:1 OCSPResponse<3> status_request", "01 [3 30030A0103]", "StatusType=1 OcspResponse=30030a0103 Response=TryLater"),
        new(5, ServerHello, null, "", ""),
        new(17, ClientHello, null, "0102", ""),

        // RFC 8446 section 4.2.7, RFC 8422 section 5.1.2, RFC 8446 section 4.2.3, RFC 9345 section 4.1.1
        new(10, ClientHello, "named_group_list<2>/2 supported_groups", "[2 001D 2A2A]", "Groups=[x25519, GREASE]"),
        new(11, ClientHello, "ec_point_format_list<1> ec_point_formats", "[1 00 01]", "Formats=[0, 1]"),
        new(13, ClientHello, Signatures, "[2 0403 0804]", "Schemes=[ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256]"),
        new(50, MessagePlace.Certificate, Signatures, "[2 0403]", "Schemes=[ecdsa_secp256r1_sha256]"),
        new(34, ClientHello, Signatures, "[2 0403]", "Schemes=[ecdsa_secp256r1_sha256]"),

        // RFC 9345 section 4
        new(34, MessagePlace.Certificate, "valid_time:4 dc_cert_verify_algorithm:2 ASN1_subjectPublicKeyInfo<3> algorithm:2 signature<2> delegated_credential", "FFFFFFFF 0403 [3 300100] 0804 [2 A1A2]",
            "ValidTime=4294967295 Scheme=ecdsa_secp256r1_sha256 Key=300100 Algorithm=rsa_pss_rsae_sha256 Signed=ffffffff04030000033001000804 Signature=a1a2"),

        // RFC 7301 section 3.1, draft-vvv-tls-alps
        new(16, ClientHello, Alpn, "[2 [1 6832] [1 61]]", "Protocols=[h2, a] First=6832"),
        new(16, EncryptedExtensions, Alpn, "[2 [1 6832]]", "Protocols=[h2] First=6832"),
        new(16, ClientHello, null, "[2 [1 6832] 02 61]", "Protocols=[h2] First=6832 (ProtocolName is truncated at byte 6)"),
        new(16, ClientHello, null, "[2]", ""),
        new(17513, ClientHello, Alpn, "[2 [1 6832]]", "Protocols=[h2] First=6832"),
        new(17613, ClientHello, Alpn, "[2 [1 6832]]", "Protocols=[h2] First=6832"),
        new(17613, EncryptedExtensions, null, "FF", ""),

        // RFC 6962 section 3.3.1
        new(18, ClientHello, $"?{Timestamps}", "[2 [2 A1] [2 A2A3]]", "TimestampCount=2"),
        new(18, CertificateRequest, $"?{Timestamps}", "[2 [2 A1]]", "TimestampCount=1"),
        new(18, MessagePlace.Certificate, Timestamps, "[2 [2 A1] [2 A2A3]]", "TimestampCount=2"),
        new(18, ServerHello, null, "[2 [2 A1] 0009 A2]", "TimestampCount=1 (SerializedSCT is truncated at byte 7)"),

        // RFC 7250 section 3
        new(19, ClientHello, "certificate_types<1> certificate_type", "[1 02 00]", "Types=[2, 0]"),
        new(20, EncryptedExtensions, "certificate_types:1 certificate_type", "02", "Types=[2]"),

        // RFC 7685, RFC 7366, RFC 7627, RFC 8446 section 4.2.6, RFC 8879 section 3, RFC 5077 section 3.2
        new(21, ClientHello, null, "0000", ""),
        new(22, ClientHello, "extension_data", "", ""),
        new(23, ServerHello, "extension_data", "", ""),
        new(49, ClientHello, "extension_data", "", ""),
        new(27, ClientHello, "algorithms<1>/2 compress_certificate", "[1 0002 0009]", "Algorithms=[brotli, 0x0009]"),
        new(35, ClientHello, null, "A1", "HasTicket=yes"),
        new(35, ServerHello, null, "", ""),

        // RFC 8446 section 4.2.8, and the number before draft 23
        new(51, ClientHello, KeyShares, "[2 001D [2 A1A2] 0017 [2 A3]]", "Shares=[x25519:a1a2, secp256r1:a3]"),
        new(51, ClientHello, null, "[2 001D [2 A1A2] 0017 0009 A3]", "Shares=[x25519:a1a2] (key_exchange is truncated at byte 12)"),
        new(51, ServerHello, "group:2 key_exchange<2> key_share", "0017 [2 A1]", "Shares=[secp256r1:a1]"),
        new(51, HelloRetryRequest, "selected_group:2 key_share", "0018", "Shares=[secp384r1:]"),
        new(51, HelloRetryRequest, null, "00", "(selected_group is truncated at byte 0)"),
        new(40, ClientHello, KeyShares, "[2 001D [2 A1]]", "Shares=[x25519:a1]"),

        // RFC 8446 section 4.2.11
        new(41, ClientHello, OfferedPsks, "[2 [2 A1A2] 00000007 [2 A3] FFFFFFFF] [2 [1 B0*32] [1 B1*33]]", "Identities=[a1a2:7, a3:4294967295] BinderCount=2 BindersLength=69"),
        new(41, ClientHello, null, "[2 [2 A1] 00000000 [2 A2] 00000000] [2 [1 B0*32] [1 B1*32]]", "Identities=[a1:0, a2:0] BinderCount=2 BindersLength=68 IsExternal=yes"),
        new(41, ClientHello, null, "[2 [2 A1] 00000000 [2 A2] 00000001] [2 [1 B0*32]]", "Identities=[a1:0, a2:1] BinderCount=1 BindersLength=35"),
        new(41, ClientHello, null, "[2 [2 A1] 00000001 [2 A2] 0000] [2 [1 B0*32]]", "Identities=[a1:1] BindersLength=37 (obfuscated_ticket_age is truncated at byte 12)"),
        new(41, ClientHello, null, "[2 [2 A1] 00000001] [2 [1 B0] 05]", "Identities=[a1:1] BinderCount=1 BindersLength=5 (PskBinderEntry is truncated at byte 14)"),
        new(41, ClientHello, null, "[2] [2]", "BindersLength=2"),
        new(41, ServerHello, "selected_identity:2 pre_shared_key", "0102", "SelectedIdentity=258"),

        // RFC 8446 section 4.2.10
        new(42, ClientHello, "early_data", "", ""),
        new(42, NewSessionTicket, "max_early_data_size:4 early_data", "FFFFFFFF", "MaxEarlyDataSize=4294967295"),

        // RFC 8446 section 4.2.1
        new(43, ClientHello, "versions<1>/2 supported_versions", "[1 0304 7F1C]", "Versions=[TLS 1.3, TLS 1.3 (draft 28)]"),
        new(43, ServerHello, "versions:2 supported_versions", "0304", "Versions=[TLS 1.3]"),

        // RFC 8446 section 4.2.2, 4.2.9, 4.2.4
        new(44, HelloRetryRequest, "cookie<2> cookie", "[2 C0C1]", "Cookie=c0c1"),
        new(45, ClientHello, "ke_modes<1> psk_key_exchange_modes", "[1 01 00 07]", "Modes=[psk_dhe_ke, psk_ke, 0x07]"),
        new(47, ClientHello, "certificate_authorities<2>{DistinguishedName<2>} certificate_authorities", "[2 [2 3000] [2 300100]]", "Authorities=[3000, 300100]"),

        // RFC 9849 section 5
        new(0xFE0D, ClientHello, "type!1 kdf_id:2 aead_id:2 config_id:1 enc<2> payload<2> encrypted_client_hello", "00 0001 0003 09 [2 A1] [2 B1B2]", "Kdf=1 Aead=3 ConfigId=9 PayloadLength=2"),
        new(0xFE0D, ClientHello, "type!1 encrypted_client_hello", "01", "IsInner=yes"),
        new(0xFE0D, ClientHello, null, "02 0001", "(type has an invalid value at byte 1)"),
        new(0xFE0D, HelloRetryRequest, "confirmation:8 encrypted_client_hello", "C0*8", ""),
        new(0xFE0D, EncryptedExtensions, null, "C0C1", ""),

        // RFC 5746 section 3.2
        new(0xFF01, ClientHello, "renegotiated_connection<1> renegotiation_info", "[1 A1A2]", "IsRenegotiation=yes"),
        new(0xFF01, ClientHello, null, "00", ""),
        new(0x7777, ClientHello, null, "0102", ""),
        new(0x39, EncryptedExtensions, null, "0102", ""),
    ];
}
