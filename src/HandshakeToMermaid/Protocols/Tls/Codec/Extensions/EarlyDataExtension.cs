using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>early_data (RFC 8446 section 4.2.10): empty in hellos, <c>uint32 max_early_data_size</c> in a NewSessionTicket.</summary>
internal sealed class EarlyDataExtension : Extension
{
    private EarlyDataExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>Bytes of early data that a ticket allows; 0 in hellos.</summary>
    public uint MaxEarlyDataSize { get; private init; }

    internal static EarlyDataExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        var size = place == MessagePlace.NewSessionTicket ? reader.U32("max_early_data_size") : 0;
        reader.End("early_data");
        return new EarlyDataExtension(type, data) { MaxEarlyDataSize = size, Fault = reader.Fault };
    }
}
