using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>
/// One handshake message (RFC 8446 section 4, RFC 5246 section 7.4), decoded from its whole body, whatever carried it.
/// A faulty one keeps the fields before the fault.
/// </summary>
internal abstract class HandshakeMessage
{
    private protected HandshakeMessage(HandshakeType type) => Type = type;

    /// <summary>Its number.</summary>
    public HandshakeType Type { get; }

    /// <summary>What was wrong in it.</summary>
    public WireFault Fault { get; private protected init; }

    /// <summary>Decodes the body of a message (without its type and length); never throws.</summary>
    public static HandshakeMessage Read(HandshakeType type, ReadOnlyMemory<byte> body, MessageContext context) => type.Code switch
    {
        0 or 5 or 14 => EmptyMessage.Read(type, body),
        1 => ClientHello.Read(body, context.Parts),
        2 or 6 => ServerHello.Read(type, body, context.Parts),
        3 => HelloVerifyRequest.Read(body),
        4 => NewSessionTicket.Read(body, context),
        8 => EncryptedExtensions.Read(body, context.Parts),
        11 => CertificateMessage.Read(body, context),
        12 => ServerKeyExchange.Read(body, context),
        13 => CertificateRequest.Read(body, context),
        15 => CertificateVerify.Read(body, context),
        16 => ClientKeyExchange.Read(body, context),
        20 => Finished.Read(body),
        22 => CertificateStatus.Read(body),
        24 => KeyUpdate.Read(body),
        25 => CompressedCertificate.Read(body, context),
        67 => NextProtocol.Read(body),
        _ => new OpaqueMessage(type, body),
    };
}
