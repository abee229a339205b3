using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>The bytes that a handshake signature covers.</summary>
internal static class SignedContent
{
    /// <summary>ServerKeyExchange: client_random + server_random + params (RFC 5246 section 7.4.3, RFC 8422 section 5.4).</summary>
    public static byte[] ServerKeyExchange(ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, ReadOnlySpan<byte> parameters) =>
        [.. clientRandom, .. serverRandom, .. parameters];

    /// <summary>CertificateVerify in TLS 1.3 (RFC 8446 section 4.4.3): 64 spaces, a text, a zero and the transcript's hash.</summary>
    public static byte[] CertificateVerifyTls13(Side signer, ReadOnlySpan<byte> transcriptHash)
    {
        var context = signer == Side.Server ? "TLS 1.3, server CertificateVerify"u8 : "TLS 1.3, client CertificateVerify"u8;
        return [.. Spaces, .. context, 0, .. transcriptHash];
    }

    /// <summary>A delegated credential (RFC 9345 section 4): 64 spaces, a text, a zero, the certificate, the credential and the algorithm.</summary>
    public static byte[] DelegatedCredential(Side signer, ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> credentialAndAlgorithm)
    {
        var context = signer == Side.Server ? "TLS, server delegated credentials"u8 : "TLS, client delegated credentials"u8;
        return [.. Spaces, .. context, 0, .. certificate, .. credentialAndAlgorithm];
    }

    /// <summary>CertificateVerify in TLS 1.0 to 1.2: all handshake messages before it, as they are.</summary>
    public static ReadOnlySpan<byte> CertificateVerifyTls12(TranscriptHash transcript) => transcript.Messages;

    private static ReadOnlySpan<byte> Spaces => "                                                                "u8;
}
