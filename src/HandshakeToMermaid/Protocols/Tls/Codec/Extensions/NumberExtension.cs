using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// An extension that holds one number: max_fragment_length (RFC 6066 section 4: 2^(8+n) bytes), heartbeat
/// (RFC 6520 section 2: 1 allowed, 2 not), record_size_limit (RFC 8449 section 4: bytes).
/// </summary>
internal sealed class NumberExtension : Extension
{
    private NumberExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The number as written.</summary>
    public int Value { get; private init; }

    internal static NumberExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var value = type == ExtensionType.RecordSizeLimit ? reader.U16("record_size_limit") : reader.U8("extension_data");
        reader.End("extension_data");
        return new NumberExtension(type, data) { Value = value, Fault = reader.Fault };
    }
}
