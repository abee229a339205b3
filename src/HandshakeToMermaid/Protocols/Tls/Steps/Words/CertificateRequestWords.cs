using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a CertificateRequest.</summary>
internal sealed class CertificateRequestWords() : MessageWords<CertificateRequest>("CertificateRequest", "asks the client to prove its identity too")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(CertificateRequest message, Timestamp seen) =>
    [
        new("accepted CAs", [.. message.Authorities.Select(a => DistinguishedName.Text(a.Span))]) { Meaning = "another server, or other CAs for clients" },
        new("certificate types", [.. message.CertificateTypes.Select(t => t.ToString())]),
        new("signature algorithms", [.. message.SignatureSchemes.Where(s => !s.IsGrease).Select(s => s.Name)]) { Meaning = "another server, or other settings of it" },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(CertificateRequest message, Timestamp seen, Detail detail)
    {
        yield return new(Detail.Normal, "", message.Authorities.Count switch { 0 => "any CA", 1 => "1 accepted CA", var n => $"{n} accepted CAs" });
        if (message.CertificateTypes.Count > 0) yield return new(Detail.Full, "certificate types", string.Join(' ', message.CertificateTypes));
        if (message.SignatureSchemes.Count > 0) yield return new(Detail.Full, "signature algorithms", string.Join(' ', message.SignatureSchemes));
    }
}
