namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>Certificates, requests for them, proofs, and what follows the handshake.</summary>
internal static class AuthenticationExamples
{
    private const string Extensions = "extensions<2>{extension_type:2 extension_data<2>}";

    public static readonly MessageExample[] All =
    [
        new("Certificate (RFC 5246 section 7.4.2)", 11, 0x0303, 0xC02F, "certificate_list<3>{cert_data<3>} Certificate", "000009 000003 300100 000000", "Entries=[300100, ]"),
        new("Certificate of TLS 1.3 (RFC 8446 section 4.4.2)", 11, 0x0304, 0x1301, $"certificate_request_context<1> certificate_list<3>{{cert_data<3> {Extensions}}} Certificate",
            "02 AAAB [3 000003 300100 0006 7777 0002 0102 000002 3000 0000]", "RequestContext=aaab Entries=[300100[0x7777()], 3000]"),
        new("Certificate with a broken extension each", 11, 0x0304, 0x1301, null, "00 [3 000000 [2 0012 0001 00] 000000 [2 0005 0001 01]]",
            "Entries=[[signed_certificate_timestamp((sct_list is truncated at byte 0))], [status_request(StatusType=1 (OCSPResponse is truncated at byte 1))]] (sct_list is truncated at byte 0)"),
        new("Certificate cut in the second", 11, 0x0303, 0xC02F, null, "000008 000003 300100 0000 ", "Entries=[300100] (cert_data is truncated at byte 9)"),
        new("CertificateRequest (RFC 5246 section 7.4.4)", 13, 0x0303, 0xC02F,
            "certificate_types<1> supported_signature_algorithms<2>/2 certificate_authorities<2>{DistinguishedName<2>} CertificateRequest", "02 0140 0004 04010403 0007 0003 300100 0000",
            "CertificateTypes=[rsa_sign, ecdsa_sign] SignatureSchemes=[rsa_pkcs1_sha256, ecdsa_secp256r1_sha256] Authorities=[300100, ]"),
        new("CertificateRequest cut in a name", 13, 0x0302, 0x002F, null, "01 01 [2 0001 30 0009 31]", "CertificateTypes=[rsa_sign] Authorities=[30] (DistinguishedName is truncated at byte 9)"),
        new("CertificateRequest before TLS 1.2 (RFC 4346 section 7.4.4)", 13, 0x0302, 0x002F, "certificate_types<1> certificate_authorities<2>{DistinguishedName<2>} CertificateRequest", "01 02 0000",
            "CertificateTypes=[dss_sign]"),
        new("CertificateRequest of TLS 1.3 (RFC 8446 section 4.3.2)", 13, 0x0304, 0x1301, $"certificate_request_context<1> {Extensions} CertificateRequest", "01 AA 0006 7777 0002 0102",
            "RequestContext=aa Extensions=[0x7777()]"),
        new("CertificateRequest of TLS 1.3 with its extensions", 13, 0x0304, 0x1301, null, "00 [2 0032 0004 0002 0804 000D 0004 0002 0403 002F 0008 0006 0004 30020500]",
            "SignatureSchemes=[ecdsa_secp256r1_sha256] Authorities=[30020500] Extensions=[signature_algorithms_cert(Schemes=[rsa_pss_rsae_sha256]), signature_algorithms(Schemes=[ecdsa_secp256r1_sha256]), certificate_authorities(Authorities=[30020500])]"),
        new("CertificateRequest of TLS 1.3 with a broken extension", 13, 0x0304, 0x1301, null, "00 0006 000D 0002 0001", "Extensions=[signature_algorithms((supported_signature_algorithms has an invalid value at byte 2))] (supported_signature_algorithms has an invalid value at byte 2)"),
        new("CertificateVerify (RFC 5246 section 7.4.8)", 15, 0x0303, 0xC02F, "algorithm:2 signature<2> CertificateVerify", "0401 0003 010203", "Scheme=rsa_pkcs1_sha256 Signature=010203"),
        new("CertificateVerify of TLS 1.3 (RFC 8446 section 4.4.3)", 15, 0x0304, 0x1301, "algorithm:2 signature<2> CertificateVerify", "0804 0001 01", "Scheme=rsa_pss_rsae_sha256 Signature=01"),
        new("CertificateVerify of DTLS 1.2", 15, 0xFEFD, 0xC02F, "algorithm:2 signature<2> CertificateVerify", "0403 0001 01", "Scheme=ecdsa_secp256r1_sha256 Signature=01"),
        new("CertificateVerify before TLS 1.2 (RFC 4346 section 7.4.8)", 15, 0x0302, 0x002F, "signature<2> CertificateVerify", "0003 010203", "Signature=010203"),
        new("CertificateVerify of DTLS 1.0", 15, 0xFEFF, 0x002F, "signature<2> CertificateVerify", "0000", ""),
        new("CertificateVerify, cut in the algorithm", 15, 0x0303, 0xC02F, null, "04", "(algorithm is truncated at byte 0)"),
        new("CertificateStatus (RFC 6066 section 8)", 22, 0x0303, 0xC02F, "status_type!1 OCSPResponse<3> CertificateStatus", "01 000005 30030A0103", "StatusType=1 OcspResponse=30030a0103 Response=TryLater"),
        new("CertificateStatus of several (RFC 6961 section 2.2)", 22, 0x0303, 0xC02F, "status_type!1 ocsp_response_list<3>{OCSPResponse<3>} CertificateStatus", "02 00000F 000005 30030A0101 000004 3001FF00",
            "StatusType=2 OcspResponse=30030a0101 Response=MalformedRequest"),
        new("CertificateStatus without a response", 22, 0x0303, 0xC02F, null, "02 000000", "StatusType=2"),
        new("CertificateStatus of an unknown type", 22, 0x0303, 0xC02F, null, "03 000000", "StatusType=3 (status_type has an invalid value at byte 1)"),
        new("Finished (RFC 5246 section 7.4.9)", 20, 0x0303, 0xC02F, null, "010203", "VerifyData=010203"),
        new("NewSessionTicket (RFC 5077 section 3.3)", 4, 0x0303, 0xC02F, "ticket_lifetime:4 ticket<2> NewSessionTicket", "00000708 0003 010203", "LifetimeSeconds=1800 Ordinal=010203"),
        new("NewSessionTicket of TLS 1.3 (RFC 8446 section 4.6.1)", 4, 0x0304, 0x1301, $"ticket_lifetime:4 ticket_age_add:4 ticket_nonce<1> ticket<2> {Extensions} NewSessionTicket",
            "FFFFFFFF 01020304 02 AAAB 0003 010203 0006 7777 0002 0102", "LifetimeSeconds=4294967295 AgeAdd=16909060 Nonce=aaab Ordinal=010203 Extensions=[0x7777()]"),
        new("NewSessionTicket of TLS 1.3 with early data (RFC 8446 section 4.2.10)", 4, 0x0304, 0x1301, null, "00000001 00000002 00 0001 01 000D 002A 0004 00004000 002A 0001 00",
            "LifetimeSeconds=1 AgeAdd=2 Ordinal=01 Extensions=[early_data(MaxEarlyDataSize=16384), early_data((max_early_data_size is truncated at byte 0))] (max_early_data_size is truncated at byte 0)"),
        new("KeyUpdate (RFC 8446 section 4.6.3)", 24, 0x0304, 0x1301, "request_update!1 KeyUpdate", "01", "IsUpdateRequested=yes"),
        new("KeyUpdate that asks for none", 24, 0x0304, 0x1301, "request_update!1 KeyUpdate", "00", ""),
        new("KeyUpdate with a value that is not defined", 24, 0x0304, 0x1301, null, "02", "(request_update has an invalid value at byte 1)"),
        new("CompressedCertificate in zstd (RFC 8879 section 4)", 25, 0x0304, 0x1301, "algorithm!2 uncompressed_length!3 compressed_certificate_message<3> CompressedCertificate", "0003 000040 000004 28B52FFD",
            "Algorithm=zstd UncompressedLength=64 CompressedLength=4"),
        new("CompressedCertificate in an unknown way", 25, 0x0304, 0x1301, null, "0009 000001 000001 00",
            "Algorithm=0x0009 UncompressedLength=1 CompressedLength=1 (compressed_certificate_message has an invalid value at byte 9)"),
        new("NextProtocol (draft-agl-tls-nextprotoneg-04 section 3)", 67, 0x0303, 0xC02F, "selected_protocol<1> padding<1> NextProtocol", "02 6832 03 000000", "Selected=h2"),
    ];
}
