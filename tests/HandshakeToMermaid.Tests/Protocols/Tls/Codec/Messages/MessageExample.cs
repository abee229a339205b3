using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>The body of a message.</summary>
/// <param name="Name">What it is, and where it is defined.</param>
/// <param name="Type">Its number; 1 to 4 plus 0x200 for the messages of SSL 2.0.</param>
/// <param name="Version">The version agreed on.</param>
/// <param name="Suite">The cipher suite agreed on.</param>
/// <param name="Layout">Its fields; null where what is decoded is all that is asked.</param>
/// <param name="Hex">Its bytes.</param>
/// <param name="Decoded">What it must decode to.</param>
internal sealed record MessageExample(string Name, int Type, int Version, int Suite, string? Layout, string Hex, string Decoded)
{
    public byte[] Body => Codec.Decoded.Bytes(Hex);

    public HandshakeMessage Read(byte[] body, DecodedParts? parts = null) => Type switch
    {
        0x201 => ClientHello.ReadSsl2(body),
        0x202 => Ssl2ClientMasterKey.Read(body),
        0x204 => Ssl2ServerHello.Read(body),
        _ => HandshakeMessage.Read(new HandshakeType((byte)Type), body, Context with { Parts = parts }),
    };

    private MessageContext Context => new(new ProtocolVersion((ushort)Version), Suite == 0 ? null : new CipherSuite(Suite), AnalyzerLimits.Default);
}
