using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>session_ticket (RFC 5077 section 3.2): the extension is the ticket itself; empty requests one.</summary>
internal sealed class SessionTicketExtension : Extension
{
    private SessionTicketExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>True where a ticket is offered rather than asked for.</summary>
    public bool HasTicket => Data.Length > 0;

    internal static SessionTicketExtension Read(ExtensionType type, ReadOnlyMemory<byte> data) => new(type, data);
}
