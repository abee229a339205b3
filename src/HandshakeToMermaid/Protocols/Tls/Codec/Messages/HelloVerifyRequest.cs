using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>HelloVerifyRequest of DTLS (RFC 6347 section 4.2.1): <c>ProtocolVersion server_version; opaque cookie&lt;0..2^8-1&gt;</c>.</summary>
internal sealed class HelloVerifyRequest : HandshakeMessage
{
    private HelloVerifyRequest()
        : base(HandshakeType.HelloVerifyRequest)
    {
    }

    /// <summary>The version field.</summary>
    public ProtocolVersion ServerVersion { get; private init; }

    /// <summary>What the client must send back.</summary>
    public ReadOnlyMemory<byte> Cookie { get; private init; }

    internal static HelloVerifyRequest Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var version = new ProtocolVersion(reader.U16("server_version"));
        var cookie = reader.Keep(body, reader.Vector8("cookie"));
        reader.End("HelloVerifyRequest");
        return new HelloVerifyRequest { ServerVersion = version, Cookie = cookie, Fault = reader.Fault };
    }
}
