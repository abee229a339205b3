using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>What the sender of an alert says with it, by its description (RFC 8446 section 6.2, RFC 5246 section 7.2.2).</summary>
internal static class AlertWords
{
    /// <summary>The meaning of an alert, see <see cref="Step.Explanation"/>.</summary>
    public static string ExplanationOf(Alert alert) => alert.Description.Code switch
    {
        0 => "has nothing more to send: an orderly end",
        10 => "got a message that must not come here",
        20 => "got a record that does not decrypt",
        40 => "cannot agree on acceptable parameters",
        41 => "has no certificate to show",
        42 => "rejects the certificate as faulty",
        43 => "cannot use this kind of certificate",
        44 => "rejects a certificate that was revoked",
        45 => "rejects a certificate that is not valid now",
        46 => "rejects the certificate for another reason",
        47 => "got a field that is wrong or not allowed",
        48 => "finds no trusted CA for the certificate",
        49 => "knows the certificate, but denies access",
        50 => "got a message that it cannot decode",
        51 => "cannot verify a signature or the Finished",
        70 => "does not support the proposed version",
        71 => "demands stronger ciphers than were offered",
        80 => "fails for a reason of its own",
        86 => "refuses a lower version than both support",
        90 => "cancels the handshake without an error",
        100 => "will not negotiate again",
        109 => "misses an extension that is required",
        110 => "got an extension that was not asked for",
        112 => "does not serve the name that was asked for",
        113 => "rejects the stapled OCSP response",
        115 => "does not know this pre-shared key",
        116 => "requires a certificate from the client",
        120 => "supports no application protocol on offer",
        121 => "asks to try again with new ECH keys",
        _ => alert.Level == AlertLevel.Fatal ? "reports an error and ends the connection" : "reports a problem",
    };
}
