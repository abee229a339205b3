using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// A CertificateVerify of TLS 1.3: signed with the certificate's key, or with that of a delegated credential that the certificate's key signed
/// (RFC 9345).
/// </summary>
internal static class DelegatedSignature
{
    /// <summary>Checks it, and the credential before it where there is one.</summary>
    /// <param name="signer">Who signed.</param>
    /// <param name="leaf">The signer's certificate with its extensions.</param>
    /// <param name="scheme">How it is signed.</param>
    /// <param name="content">What is signed.</param>
    /// <param name="signature">The signature.</param>
    public static VerificationResult Verify(Side signer, CertificateEntry leaf, SignatureScheme scheme, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        var ownKey = TranscriptResults.KeyOf(leaf.Certificate);
        if (leaf.Extensions.Find<DelegatedCredentialExtension>() is not { Fault.IsFault: false } credential) return SignatureVerifier.VerifyTls13(scheme, ownKey, content, signature);
        if (scheme != credential.Scheme) return VerificationResult.Invalid($"the delegated credential is for {credential.Scheme.Name}");

        var signed = SignedContent.DelegatedCredential(signer, leaf.Certificate.Der.Span, credential.Signed.Span);
        var delegation = SignatureVerifier.VerifyTls13(credential.Algorithm, ownKey, signed, credential.Signature.Span);
        return delegation.Verdict switch
        {
            VerificationVerdict.Valid => SignatureVerifier.VerifyTls13(scheme, credential.Key.Span, content, signature),
            VerificationVerdict.Invalid => VerificationResult.Invalid("the delegated credential is not signed by the certificate"),
            _ => delegation,
        };
    }
}
