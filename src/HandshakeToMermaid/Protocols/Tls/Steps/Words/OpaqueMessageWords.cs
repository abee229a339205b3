using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of messages whose body is not read.</summary>
internal sealed class OpaqueMessageWords() : MessageWords<OpaqueMessage>("Handshake message", null)
{
    /// <inheritdoc/>
    protected override string Title(OpaqueMessage message) => message.Type.Code switch
    {
        21 => "CertificateURL",
        23 => "SupplementalData",
        254 => "MessageHash",
        _ => $"{base.Title(message)} {message.Type.Name}",
    };

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(OpaqueMessage message, Timestamp seen, Detail detail) =>
        [new(Detail.Full, "", ByteCount.Text(message.Body.Length))];
}
