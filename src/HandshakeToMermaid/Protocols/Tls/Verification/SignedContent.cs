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
        var content = new byte[64 + context.Length + 1 + transcriptHash.Length];
        content.AsSpan(0, 64).Fill(0x20);
        context.CopyTo(content.AsSpan(64));
        transcriptHash.CopyTo(content.AsSpan(64 + context.Length + 1));
        return content;
    }

    /// <summary>CertificateVerify in TLS 1.0 to 1.2: all handshake messages before it, as they are.</summary>
    public static ReadOnlySpan<byte> CertificateVerifyTls12(TranscriptHash transcript) => transcript.Messages;
}
