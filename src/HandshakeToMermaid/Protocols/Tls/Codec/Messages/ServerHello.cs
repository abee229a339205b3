// RFC 8446 section 4.1.3 (RFC 5246 section 7.4.1.3 alike):
//   struct { ProtocolVersion legacy_version; Random random; opaque legacy_session_id_echo<0..32>; CipherSuite cipher_suite;
//            uint8 legacy_compression_method = 0; Extension extensions<6..2^16-1>; } ServerHello;
// A HelloRetryRequest is one with a certain random. Drafts of TLS 1.3 before 22 had no session id and no compression
// method here, and a HelloRetryRequest of its own type.
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>The server's selection, or (HelloRetryRequest) its request for another ClientHello.</summary>
internal sealed class ServerHello : HandshakeMessage
{
    private ProtocolVersion? agreed;

    private ServerHello(HandshakeType type)
        : base(type)
    {
    }

    /// <summary>The version field; TLS 1.3 is in supported_versions.</summary>
    public ProtocolVersion LegacyVersion { get; private init; }

    /// <summary>32 random bytes; in SSL 2.0 the connection id.</summary>
    public ReadOnlyMemory<byte> Random { get; private init; }

    /// <summary>The session that is resumed or begun; an echo in TLS 1.3.</summary>
    public ReadOnlyMemory<byte> SessionId { get; private init; }

    /// <summary>The cipher suite chosen; null where the message broke before it.</summary>
    public CipherSuite? CipherSuite { get; private init; }

    /// <summary>The compression method: 0 is none.</summary>
    public byte CompressionMethod { get; private init; }

    /// <summary>The extensions, in wire order.</summary>
    public ExtensionList Extensions { get; private init; } = ExtensionList.Empty;

    /// <summary>True for a HelloRetryRequest (RFC 8446 section 4.1.4).</summary>
    public bool IsHelloRetryRequest { get; private init; }

    /// <summary>The version agreed on.</summary>
    public ProtocolVersion Version => agreed ??= Extensions.Find<SupportedVersionsExtension>() is { Versions: [var selected, ..] } ? selected : LegacyVersion;

    /// <summary>The group of the server's key share, or the one that a HelloRetryRequest selects; null if there is none.</summary>
    public NamedGroup? Group => Extensions.Find<KeyShareExtension>() is { Shares: [var share, ..] } ? share.Group : null;

    /// <summary>The application protocol chosen, up to TLS 1.2; null where none was.</summary>
    public string? AlpnProtocol => Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation) is { Protocols: [var chosen, ..] } ? chosen : null;

    /// <summary>True where a pre-shared key was taken.</summary>
    public bool AcceptsPreSharedKey => !IsHelloRetryRequest && Extensions.Has(ExtensionType.PreSharedKey);

    /// <summary>
    /// The highest version that the server could have spoken, by the last bytes of the random (RFC 8446 section 4.1.3): TLS 1.2, or TLS 1.1 for
    /// that and lower ones; null without that mark. A client that sees it and could do better was attacked.
    /// </summary>
    public ProtocolVersion? DowngradeMark => Random.Length != 32 ? null
        : Random.Span[24..].SequenceEqual("DOWNGRD\x01"u8) ? ProtocolVersion.Tls12
        : Random.Span[24..].SequenceEqual("DOWNGRD\0"u8) ? ProtocolVersion.Tls11 : null;

    /// <summary>Decodes the body of a ServerHello, or of a HelloRetryRequest of either kind.</summary>
    public static ServerHello Read(HandshakeType type, ReadOnlyMemory<byte> body, DecodedParts? parts = null)
    {
        var reader = new WireReader(body.Span);
        var version = new ProtocolVersion(reader.U16("legacy_version"));
        var oldForm = version.Draft is > 0 and < 22;
        var isRetry = type == HandshakeType.HelloRetryRequest;
        ReadOnlyMemory<byte> random = default, session = default;
        CipherSuite? suite = null;
        byte compression = 0;
        if (!isRetry)
        {
            random = reader.Keep(body, reader.Take(32, "random"));
            isRetry = random.Span.SequenceEqual(RetryRandom);
            if (!oldForm) session = reader.Keep(body, reader.Vector8("legacy_session_id_echo"));
        }

        if (type != HandshakeType.HelloRetryRequest || version.Draft is 0 or >= 19)
        {
            var code = reader.U16("cipher_suite");
            if (!reader.Fault.IsFault) suite = new CipherSuite(code);
        }

        if (type != HandshakeType.HelloRetryRequest && !oldForm) compression = reader.U8("legacy_compression_method");
        var place = isRetry ? MessagePlace.HelloRetryRequest : MessagePlace.ServerHello;
        var extensions = reader.HasMore ? ExtensionList.Read(ref reader, body, place, parts?.Extensions) : ExtensionList.Empty;
        reader.End("ServerHello");
        return new ServerHello(type)
        {
            LegacyVersion = version, Random = random, SessionId = session, CipherSuite = suite, CompressionMethod = compression,
            Extensions = extensions, IsHelloRetryRequest = isRetry, Fault = reader.Fault.IsFault ? reader.Fault : extensions.Fault,
        };
    }

    /// <summary>SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3).</summary>
    public static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];
}
