// RFC 8446 section 4.1.2 (RFC 5246 section 7.4.1.2 alike):
//   struct { ProtocolVersion legacy_version; Random random; opaque legacy_session_id<0..32>; CipherSuite cipher_suites<2..2^16-2>;
//            opaque legacy_compression_methods<1..2^8-1>; Extension extensions<8..2^16-1>; } ClientHello;
// Extensions may be missing altogether before TLS 1.3. DTLS puts a cookie behind the session id (RFC 6347 section 4.2.1).
// SSL 2.0 form (RFC 5246 appendix E.2):
//   uint8 msg_type; Version version; uint16 cipher_spec_length, session_id_length, challenge_length; V2CipherSpec cipher_specs[]; opaque session_id[]; opaque challenge[];
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>What a client offers.</summary>
internal sealed class ClientHello : HandshakeMessage
{
    private ClientHello()
        : base(HandshakeType.ClientHello)
    {
    }

    /// <summary>The version field: the highest version up to TLS 1.2; TLS 1.3 is in supported_versions.</summary>
    public ProtocolVersion LegacyVersion { get; private init; }

    /// <summary>32 random bytes; the challenge in the SSL 2.0 form.</summary>
    public ReadOnlyMemory<byte> Random { get; private init; }

    /// <summary>The session to resume; random filling in TLS 1.3.</summary>
    public ReadOnlyMemory<byte> SessionId { get; private init; }

    /// <summary>The cookie of DTLS; empty elsewhere.</summary>
    public ReadOnlyMemory<byte> Cookie { get; private init; }

    /// <summary>The cipher suites, best first.</summary>
    public IReadOnlyList<CipherSuite> CipherSuites { get; private init; } = [];

    /// <summary>Compression methods: 0 is none.</summary>
    public IReadOnlyList<byte> CompressionMethods { get; private init; } = [];

    /// <summary>The extensions, in wire order.</summary>
    public ExtensionList Extensions { get; private init; } = ExtensionList.Empty;

    /// <summary>True for the form of SSL 2.0.</summary>
    public bool IsSsl2Form { get; private init; }

    /// <summary>True for the one that answers a HelloRetryRequest.</summary>
    public bool IsRepeated { get; internal set; }

    /// <summary>The 32 bytes that keys are derived from and that a key log names: the challenge of the SSL 2.0 form is padded to them (RFC 5246 appendix E.2).</summary>
    public ReadOnlyMemory<byte> SessionRandom
    {
        get
        {
            if (!IsSsl2Form || Random.Length == 32) return Random;
            if (Random.Length > 32) return Random[^32..];
            var padded = new byte[32];
            Random.Span.CopyTo(padded.AsSpan(32 - Random.Length));
            return padded;
        }
    }

    /// <summary>The host that the client requests (SNI); null if absent. With ECH the public name, not the true one.</summary>
    public string? ServerName => Extensions.Find<ServerNameExtension>()?.HostName;

    /// <summary>The application protocols offered, best first.</summary>
    public IReadOnlyList<string> AlpnProtocols => Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation)?.Protocols ?? [];

    /// <summary>The versions in supported_versions; empty before TLS 1.3.</summary>
    public IReadOnlyList<ProtocolVersion> SupportedVersions => Extensions.Find<SupportedVersionsExtension>()?.Versions ?? [];

    /// <summary>The groups in supported_groups, best first.</summary>
    public IReadOnlyList<NamedGroup> SupportedGroups => Extensions.Find<SupportedGroupsExtension>()?.Groups ?? [];

    /// <summary>The signature schemes in signature_algorithms, best first.</summary>
    public IReadOnlyList<SignatureScheme> SignatureSchemes => Extensions.Find<SignatureAlgorithmsExtension>(ExtensionType.SignatureAlgorithms)?.Schemes ?? [];

    /// <summary>The public keys sent along.</summary>
    public IReadOnlyList<KeyShareEntry> KeyShares => Extensions.Find<KeyShareExtension>()?.Shares ?? [];

    /// <summary>The pre-shared keys offered; null where none are.</summary>
    public PreSharedKeyExtension? PreSharedKey => Extensions.Find<PreSharedKeyExtension>();

    /// <summary>The ECH extension; null where there is none.</summary>
    public EncryptedClientHelloExtension? EncryptedClientHello => Extensions.Find<EncryptedClientHelloExtension>();

    /// <summary>True where early data follows.</summary>
    public bool OffersEarlyData => Extensions.Has(ExtensionType.EarlyData);

    /// <summary>True where a session ticket of TLS 1.2 is offered.</summary>
    public bool OffersTicket => Extensions.Find<SessionTicketExtension>() is { HasTicket: true };

    /// <summary>True where TLS 1.3 or a draft of it is offered.</summary>
    public bool OffersTls13
    {
        get
        {
            foreach (var version in SupportedVersions)
            {
                if (version.IsTls13) return true;
            }

            return false;
        }
    }

    /// <summary>True if the client signals a fallback from a higher version (RFC 7507).</summary>
    public bool IsFallback => CipherSuites.Contains(CipherSuite.FallbackScsv);

    /// <summary>Decodes the body of a ClientHello of SSL 3.0 and later.</summary>
    public static ClientHello Read(ReadOnlyMemory<byte> body, DecodedParts? parts = null)
    {
        var reader = new WireReader(body.Span);
        var version = new ProtocolVersion(reader.U16("legacy_version"));
        var random = reader.Keep(body, reader.Take(32, "random"));
        var session = reader.Keep(body, reader.Vector8("legacy_session_id"));
        var cookie = version.Code >> 8 == 0xFE ? reader.Keep(body, reader.Vector8("cookie")) : default;
        var suites = ReadSuites(ref reader, body, parts);
        var compression = reader.Codes8(reader.U8("legacy_compression_methods"), "legacy_compression_methods", static c => c);
        var extensions = reader.HasMore ? ExtensionList.Read(ref reader, body, MessagePlace.ClientHello, parts?.Extensions) : ExtensionList.Empty;
        reader.End("ClientHello");
        return new ClientHello
        {
            LegacyVersion = version, Random = random, SessionId = session, Cookie = cookie, CipherSuites = suites,
            CompressionMethods = compression, Extensions = extensions, Fault = reader.Fault.IsFault ? reader.Fault : extensions.Fault,
        };
    }

    /// <summary>
    /// Reads the server name alone, without decoding anything else: enough to correlate a connection. It answers only where the bytes leave no
    /// doubt that <see cref="Read"/> would find the same.
    /// </summary>
    /// <param name="body">The body of a ClientHello of SSL 3.0 and later.</param>
    /// <param name="name">The host name as sent; empty where the hello names none.</param>
    /// <returns>False where the hello must be decoded: it is broken, or names several hosts.</returns>
    public static bool TryReadServerName(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> name)
    {
        name = default;
        var reader = new WireReader(body);
        if (reader.U16("legacy_version") >> 8 == 0xFE) return false;
        reader.Take(32, "random");
        reader.Vector8("legacy_session_id");
        if (reader.Vector16("cipher_suites").Length % 2 != 0) return false;
        reader.Vector8("legacy_compression_methods");
        if (!reader.HasMore) return !reader.Fault.IsFault;

        var isNamed = false;
        var extensions = reader.Enter16("extensions");
        while (reader.HasMore)
        {
            var type = reader.U16("extension_type");
            var data = reader.Vector16("extension_data");
            if (type != ExtensionType.ServerName.Code) continue;
            if (isNamed || !ServerNameExtension.TryReadOnlyName(data, out name)) return false;
            isNamed = true;
        }

        reader.Leave(extensions);
        reader.End("ClientHello");
        return !reader.Fault.IsFault;
    }

    /// <summary>Decodes a CLIENT-HELLO of SSL 2.0, from behind its message type.</summary>
    public static ClientHello ReadSsl2(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var version = new ProtocolVersion(reader.U16("version"));
        int specs = reader.U16("cipher_spec_length"), sessionLength = reader.U16("session_id_length"), challengeLength = reader.U16("challenge_length");
        var suites = new List<CipherSuite>();
        if (specs % 3 != 0) reader.Fail(FaultKind.BadValue, "cipher_spec_length");
        for (var box = reader.Enter(specs, "cipher_specs"); ; )
        {
            if (!reader.HasMore)
            {
                reader.Leave(box);
                break;
            }

            suites.Add(new CipherSuite(reader.U24("cipher_spec")));
        }

        var session = reader.Keep(body, reader.Take(sessionLength, "session_id"));
        var challenge = reader.Keep(body, reader.Take(challengeLength, "challenge"));
        reader.End("CLIENT-HELLO");
        return new ClientHello
        {
            LegacyVersion = version, Random = challenge, SessionId = session, CipherSuites = suites, IsSsl2Form = true, Fault = reader.Fault,
        };
    }

    private static CipherSuite[] ReadSuites(ref WireReader reader, ReadOnlyMemory<byte> body, DecodedParts? parts)
    {
        var bytes = reader.U16("cipher_suites");
        if (parts is null || bytes % 2 != 0) return reader.Codes16(bytes, "cipher_suites", static c => new CipherSuite(c));
        return parts.Suites(reader.Keep(body, reader.Take(bytes, "cipher_suites")));
    }
}
