using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// A hello extension (RFC 8446 section 4.2): <c>ExtensionType extension_type; opaque extension_data&lt;0..2^16-1&gt;</c>.
/// An unknown one is preserved with its number and bytes, a malformed one with its fault.
/// </summary>
internal abstract class Extension
{
    private protected Extension(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        Type = type;
        Data = data;
    }

    /// <summary>Its number.</summary>
    public ExtensionType Type { get; }

    /// <summary>Its bytes as they are, without type and length.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>What was wrong in it.</summary>
    public WireFault Fault { get; private protected set; }

    /// <summary>A readable summary of its content; null if its name suffices.</summary>
    public virtual string? Text => null;

    /// <summary>Decodes one extension; never throws.</summary>
    public static Extension Decode(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place) => type.Code switch
    {
        0 => ServerNameExtension.Read(type, data),
        1 or 15 or 28 => NumberExtension.Read(type, data),
        5 or 17 => StatusRequestExtension.Read(type, data, place),
        10 => SupportedGroupsExtension.Read(type, data),
        11 => EcPointFormatsExtension.Read(type, data),
        13 or 50 or 34 => SignatureAlgorithmsExtension.Read(type, data, place),
        16 or 17513 or 17613 => AlpnExtension.Read(type, data, place),
        18 => SignedCertificateTimestampExtension.Read(type, data, place),
        19 or 20 => CertificateTypeExtension.Read(type, data, place),
        21 => new OpaqueExtension(type, data),
        22 or 23 or 49 => EmptyExtension.Read(type, data),
        27 => CompressCertificateExtension.Read(type, data),
        35 => SessionTicketExtension.Read(type, data),
        40 or 51 => KeyShareExtension.Read(type, data, place),
        41 => PreSharedKeyExtension.Read(type, data, place),
        42 => EarlyDataExtension.Read(type, data, place),
        43 => SupportedVersionsExtension.Read(type, data, place),
        44 => CookieExtension.Read(type, data),
        45 => PskKeyExchangeModesExtension.Read(type, data),
        47 => CertificateAuthoritiesExtension.Read(type, data),
        0xFE0D => EncryptedClientHelloExtension.Read(type, data, place),
        0xFF01 => RenegotiationInfoExtension.Read(type, data),
        _ => new OpaqueExtension(type, data),
    };
}
