using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// signature_algorithms and signature_algorithms_cert (RFC 8446 section 4.2.3), delegated_credential in a ClientHello
/// (RFC 9345 section 4.1.1): <c>SignatureScheme supported_signature_algorithms&lt;2..2^16-2&gt;</c>.
/// </summary>
internal sealed class SignatureAlgorithmsExtension : Extension
{
    private SignatureAlgorithmsExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The schemes, best first.</summary>
    public IReadOnlyList<SignatureScheme> Schemes { get; private init; } = [];

    internal static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        if (type == ExtensionType.DelegatedCredential && place == MessagePlace.Certificate) return DelegatedCredentialExtension.Read(type, data);
        var reader = new WireReader(data.Span);
        var schemes = reader.Codes16(reader.U16("supported_signature_algorithms"), "supported_signature_algorithms", static c => new SignatureScheme(c));
        reader.End("signature_algorithms");
        return new SignatureAlgorithmsExtension(type, data) { Schemes = schemes, Fault = reader.Fault };
    }
}
