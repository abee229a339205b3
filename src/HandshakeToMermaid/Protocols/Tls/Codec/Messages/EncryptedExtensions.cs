using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>EncryptedExtensions (RFC 8446 section 4.3.1): <c>Extension extensions&lt;0..2^16-1&gt;</c>.</summary>
internal sealed class EncryptedExtensions : HandshakeMessage
{
    private EncryptedExtensions()
        : base(HandshakeType.EncryptedExtensions)
    {
    }

    /// <summary>The extensions, in wire order.</summary>
    public ExtensionList Extensions { get; private init; } = ExtensionList.Empty;

    /// <summary>The application protocol chosen; null where none was.</summary>
    public string? AlpnProtocol => Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation) is { Protocols: [var chosen, ..] } ? chosen : null;

    internal static EncryptedExtensions Read(ReadOnlyMemory<byte> body, DecodedParts? parts = null)
    {
        var reader = new WireReader(body.Span);
        var extensions = ExtensionList.Read(ref reader, body, MessagePlace.EncryptedExtensions, parts?.Extensions);
        reader.End("EncryptedExtensions");
        return new EncryptedExtensions { Extensions = extensions, Fault = reader.Fault.IsFault ? reader.Fault : extensions.Fault };
    }
}
