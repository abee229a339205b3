// The SSL Protocol, version 2.0 (Netscape, 1995), CLIENT-MASTER-KEY:
//   char MSG-CLIENT-MASTER-KEY (2), CIPHER-KIND[3]; uint16 CLEAR-KEY-LENGTH, ENCRYPTED-KEY-LENGTH, KEY-ARG-LENGTH; char CLEAR-KEY-DATA[], ...
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>CLIENT-MASTER-KEY of SSL 2.0, from behind its message type: the client chooses the cipher.</summary>
internal sealed class Ssl2ClientMasterKey : HandshakeMessage
{
    private Ssl2ClientMasterKey()
        : base(HandshakeType.ClientKeyExchange)
    {
    }

    /// <summary>The cipher chosen; null where the message broke before it.</summary>
    public CipherSuite? CipherSuite { get; private init; }

    internal static Ssl2ClientMasterKey Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var kind = reader.U24("CIPHER-KIND");
        CipherSuite? suite = reader.Fault.IsFault ? null : new CipherSuite(kind);
        int clear = reader.U16("CLEAR-KEY-LENGTH"), encrypted = reader.U16("ENCRYPTED-KEY-LENGTH"), argument = reader.U16("KEY-ARG-LENGTH");
        reader.Take(clear, "CLEAR-KEY-DATA");
        reader.Take(encrypted, "ENCRYPTED-KEY-DATA");
        reader.Take(argument, "KEY-ARG-DATA");
        reader.End("CLIENT-MASTER-KEY");
        return new Ssl2ClientMasterKey { CipherSuite = suite, Fault = reader.Fault };
    }
}
