// RFC 8422 section 5.4: struct { ServerECDHParams params; select (KeyExchangeAlgorithm) { case ec_diffie_hellman: Signature signed_params; }; } ServerKeyExchange;
//   struct { ECCurveType curve_type; NamedCurve namedcurve; ECPoint public<1..2^8-1>; } ServerECDHParams;
// RFC 5246 section 7.4.3: struct { opaque dh_p<1..2^16-1>; opaque dh_g<1..2^16-1>; opaque dh_Ys<1..2^16-1>; } ServerDHParams;
// RFC 4279 puts psk_identity_hint<0..2^16-1> in front; RFC 2246 section 7.4.3 has RSA parameters for export suites; RFC 5054 SRP.
// Explicit curves (deprecated by RFC 8422) and GOST are not decoded.
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>The server's part of the key agreement, up to TLS 1.2, in the form that the cipher suite defines.</summary>
internal sealed class ServerKeyExchange : HandshakeMessage
{
    private ServerKeyExchange()
        : base(HandshakeType.ServerKeyExchange)
    {
    }

    /// <summary>The form that was read.</summary>
    public KeyExchangeMethod Method { get; private init; }

    /// <summary>The server's psk_identity_hint (RFC 4279 section 2).</summary>
    public ReadOnlyMemory<byte> PskIdentityHint { get; private init; }

    /// <summary>The elliptic curve; null for other methods.</summary>
    public NamedGroup? Group { get; private init; }

    /// <summary>Bits of the Diffie-Hellman prime, the SRP prime or the RSA export modulus; 0 for other methods.</summary>
    public int PrimeBits { get; private init; }

    /// <summary>The server's public key.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; private init; }

    /// <summary>The bytes that the signature covers behind the two randoms.</summary>
    public ReadOnlyMemory<byte> Parameters { get; private init; }

    /// <summary>How the parameters are signed; null before TLS 1.2 and where they are not.</summary>
    public SignatureScheme? Scheme { get; private init; }

    /// <summary>The signature; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    internal static ServerKeyExchange Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var method = context.Suite?.KeyExchange ?? KeyExchangeMethod.Unknown;
        var reader = new WireReader(body.Span);
        ReadOnlyMemory<byte> hint = default, key = default, signature = default;
        NamedGroup? group = null;
        SignatureScheme? scheme = null;
        var bits = 0;
        if (method is KeyExchangeMethod.Psk or KeyExchangeMethod.RsaPsk or KeyExchangeMethod.DhePsk or KeyExchangeMethod.EcdhePsk)
        {
            hint = reader.Keep(body, reader.Vector16("psk_identity_hint"));
        }

        switch (method)
        {
            case KeyExchangeMethod.Ecdhe or KeyExchangeMethod.EcdhAnon or KeyExchangeMethod.EcdhePsk:
                if (reader.U8("curve_type") != NamedCurve) return new ServerKeyExchange { Method = method, PskIdentityHint = hint, Fault = reader.Fault };
                var code = reader.U16("namedcurve");
                if (!reader.Fault.IsFault) group = new NamedGroup(code);
                key = reader.Keep(body, reader.Vector8("public"));
                break;
            case KeyExchangeMethod.Dhe or KeyExchangeMethod.DhAnon or KeyExchangeMethod.DhePsk:
                bits = Bits(reader.Vector16("dh_p"));
                reader.Vector16("dh_g");
                key = reader.Keep(body, reader.Vector16("dh_Ys"));
                break;
            case KeyExchangeMethod.RsaExport:
                var modulus = reader.Vector16("rsa_modulus");
                bits = Bits(modulus);
                key = reader.Keep(body, modulus);
                reader.Vector16("rsa_exponent");
                break;
            case KeyExchangeMethod.Srp:
                bits = Bits(reader.Vector16("srp_N"));
                reader.Vector16("srp_g");
                reader.Vector8("srp_s");
                key = reader.Keep(body, reader.Vector16("srp_B"));
                break;
            case KeyExchangeMethod.Psk or KeyExchangeMethod.RsaPsk:
                break;
            default:
                // Which form it has is not known: nothing is wrong with it.
                return new ServerKeyExchange { Method = method };
        }

        var parameters = reader.Fault.IsFault ? default : body[..reader.Offset];
        if (IsSigned(method, context.Suite))
        {
            if (context.NamesSignatures)
            {
                var schemeCode = reader.U16("algorithm");
                if (!reader.Fault.IsFault) scheme = new SignatureScheme(schemeCode);
            }

            signature = reader.Keep(body, reader.Vector16("signature"));
        }

        reader.End("ServerKeyExchange");
        return new ServerKeyExchange
        {
            Method = method, PskIdentityHint = hint, Group = group, PrimeBits = bits, PublicKey = key,
            Parameters = parameters, Scheme = scheme, Signature = signature, Fault = reader.Fault,
        };
    }

    private static bool IsSigned(KeyExchangeMethod method, CipherSuite? suite) => method switch
    {
        KeyExchangeMethod.Ecdhe or KeyExchangeMethod.Dhe or KeyExchangeMethod.RsaExport => true,
        KeyExchangeMethod.Srp => suite?.Authentication is "RSA" or "DSS",
        _ => false,
    };

    private static int Bits(ReadOnlySpan<byte> number)
    {
        var trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? 0 : (8 * trimmed.Length) - (int)uint.LeadingZeroCount((uint)trimmed[0] << 24);
    }

    private const byte NamedCurve = 3;
}
