// RFC 8446 section 4.6.1:
//   struct { uint32 ticket_lifetime; uint32 ticket_age_add; opaque ticket_nonce<0..255>; opaque ticket<1..2^16-1>; Extension extensions<0..2^16-2>; } NewSessionTicket;
// RFC 5077 section 3.3: struct { uint32 ticket_lifetime_hint; opaque ticket<0..2^16-1>; } NewSessionTicket;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A ticket with which the client may resume later.</summary>
internal sealed class NewSessionTicket : HandshakeMessage
{
    private NewSessionTicket()
        : base(HandshakeType.NewSessionTicket)
    {
    }

    /// <summary>Seconds that the ticket lives; a hint up to TLS 1.2, where 0 means unsaid.</summary>
    public uint LifetimeSeconds { get; private init; }

    /// <summary>What hides the ticket's age, TLS 1.3.</summary>
    public uint AgeAdd { get; private init; }

    /// <summary>What the ticket's key is derived with, TLS 1.3.</summary>
    public ReadOnlyMemory<byte> Nonce { get; private init; }

    /// <summary>The ticket.</summary>
    public ReadOnlyMemory<byte> Ordinal { get; private init; }

    /// <summary>The extensions, TLS 1.3.</summary>
    public ExtensionList Extensions { get; private init; } = ExtensionList.Empty;

    internal static NewSessionTicket Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var reader = new WireReader(body.Span);
        var lifetime = reader.U32("ticket_lifetime");
        var modern = context.Version.IsTls13;
        var ageAdd = modern ? reader.U32("ticket_age_add") : 0;
        var nonce = modern ? reader.Keep(body, reader.Vector8("ticket_nonce")) : default;
        var ordinal = reader.Keep(body, reader.Vector16("ticket"));
        var extensions = modern ? ExtensionList.Read(ref reader, body, MessagePlace.NewSessionTicket) : ExtensionList.Empty;
        reader.End("NewSessionTicket");
        return new NewSessionTicket
        {
            LifetimeSeconds = lifetime, AgeAdd = ageAdd, Nonce = nonce, Ordinal = ordinal, Extensions = extensions,
            Fault = reader.Fault.IsFault ? reader.Fault : extensions.Fault,
        };
    }
}
