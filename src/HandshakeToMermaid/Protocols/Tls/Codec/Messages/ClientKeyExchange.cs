// RFC 5246 section 7.4.7, RFC 8422 section 5.7, RFC 4279:
//   struct { select (KeyExchangeAlgorithm) { case rsa: EncryptedPreMasterSecret<0..2^16-1>; case dhe: opaque dh_Yc<1..2^16-1>;
//            case ecdhe: opaque ecdh_Yc<1..2^8-1>; case psk: opaque psk_identity<0..2^16-1>, then as without psk; } } ClientKeyExchange;
// SSL 3.0 writes the RSA secret without a length. Kerberos and GOST stay unopened.
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>The client's part of the key agreement, up to TLS 1.2, in the form that the cipher suite defines.</summary>
internal sealed class ClientKeyExchange : HandshakeMessage
{
    private ClientKeyExchange()
        : base(HandshakeType.ClientKeyExchange)
    {
    }

    /// <summary>The form that was read.</summary>
    public KeyExchangeMethod Method { get; private init; }

    /// <summary>Which pre-shared key the client uses.</summary>
    public ReadOnlyMemory<byte> PskIdentity { get; private init; }

    /// <summary>The client's public key, or the premaster secret encrypted with the server's.</summary>
    public ReadOnlyMemory<byte> Exchange { get; private init; }

    internal static ClientKeyExchange Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var method = context.Suite?.KeyExchange ?? KeyExchangeMethod.Unknown;
        var reader = new WireReader(body.Span);
        ReadOnlyMemory<byte> identity = default, exchange;
        if (method is KeyExchangeMethod.Psk or KeyExchangeMethod.RsaPsk or KeyExchangeMethod.DhePsk or KeyExchangeMethod.EcdhePsk)
        {
            identity = reader.Keep(body, reader.Vector16("psk_identity"));
        }

        switch (method)
        {
            case KeyExchangeMethod.Rsa or KeyExchangeMethod.RsaExport when context.Version == ProtocolVersion.Ssl3:
                exchange = reader.Keep(body, reader.Rest());
                break;
            case KeyExchangeMethod.Rsa or KeyExchangeMethod.RsaExport or KeyExchangeMethod.RsaPsk:
                exchange = reader.Keep(body, reader.Vector16("EncryptedPreMasterSecret"));
                break;
            case KeyExchangeMethod.Dhe or KeyExchangeMethod.DhAnon or KeyExchangeMethod.DhePsk:
                exchange = reader.Keep(body, reader.Vector16("dh_Yc"));
                break;
            case KeyExchangeMethod.Srp:
                exchange = reader.Keep(body, reader.Vector16("srp_A"));
                break;
            case KeyExchangeMethod.Ecdhe or KeyExchangeMethod.EcdhAnon or KeyExchangeMethod.EcdhePsk:
                exchange = reader.Keep(body, reader.Vector8("ecdh_Yc"));
                break;
            case KeyExchangeMethod.Dh or KeyExchangeMethod.Ecdh or KeyExchangeMethod.Psk:
                // Empty where the certificate or the secret suffices; else a key whose length depends on the method.
                exchange = method == KeyExchangeMethod.Psk || !reader.HasMore ? default
                    : reader.Keep(body, method == KeyExchangeMethod.Dh ? reader.Vector16("dh_Yc") : reader.Vector8("ecdh_Yc"));
                break;
            default:
                return new ClientKeyExchange { Method = method, Exchange = body };
        }

        reader.End("ClientKeyExchange");
        return new ClientKeyExchange { Method = method, PskIdentity = identity, Exchange = exchange, Fault = reader.Fault };
    }
}
