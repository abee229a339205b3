// RFC 9849 section 5 (the drafts with 0xfe0d agree):
//   struct { ECHClientHelloType type; select (type) {
//     case outer: HpkeSymmetricCipherSuite cipher_suite; uint8 config_id; opaque enc<0..2^16-1>; opaque payload<1..2^16-1>;
//     case inner: Empty; }; } ECHClientHello;
//   HelloRetryRequest: opaque confirmation[8]; EncryptedExtensions: ECHConfigList retry_configs.
// The payload is not decrypted. A client that has no key sends random bytes in the same form (GREASE, section 6.2):
// the two are indistinguishable to an observer.
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>encrypted_client_hello: a second, encrypted ClientHello inside the visible one, or random bytes in its place.</summary>
internal sealed class EncryptedClientHelloExtension : Extension
{
    private EncryptedClientHelloExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>True for the marker inside a decrypted inner ClientHello.</summary>
    public bool IsInner { get; private init; }

    /// <summary>HPKE KDF of an outer hello.</summary>
    public ushort Kdf { get; private init; }

    /// <summary>HPKE AEAD of an outer hello.</summary>
    public ushort Aead { get; private init; }

    /// <summary>Which of the server's keys an outer hello uses.</summary>
    public byte ConfigId { get; private init; }

    /// <summary>Bytes of the encrypted hello.</summary>
    public int PayloadLength { get; private init; }

    internal static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        if (place == MessagePlace.HelloRetryRequest)
        {
            reader.Take(8, "confirmation");
            reader.End("encrypted_client_hello");
            return new EncryptedClientHelloExtension(type, data) { Fault = reader.Fault };
        }

        if (place != MessagePlace.ClientHello) return new EncryptedClientHelloExtension(type, data);
        var kind = reader.U8("type");
        if (kind == 1)
        {
            reader.End("encrypted_client_hello");
            return new EncryptedClientHelloExtension(type, data) { IsInner = true, Fault = reader.Fault };
        }

        if (kind != 0) reader.Fail(FaultKind.BadValue, "type");
        var kdf = reader.U16("kdf_id");
        var aead = reader.U16("aead_id");
        var config = reader.U8("config_id");
        reader.Vector16("enc");
        var payload = reader.Vector16("payload").Length;
        reader.End("encrypted_client_hello");
        return new EncryptedClientHelloExtension(type, data) { Kdf = kdf, Aead = aead, ConfigId = config, PayloadLength = payload, Fault = reader.Fault };
    }
}
