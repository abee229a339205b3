using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>supported_groups (RFC 8446 section 4.2.7): <c>NamedGroup named_group_list&lt;2..2^16-1&gt;</c>, best first.</summary>
internal sealed class SupportedGroupsExtension : Extension
{
    private SupportedGroupsExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The groups, best first.</summary>
    public IReadOnlyList<NamedGroup> Groups { get; private init; } = [];

    internal static SupportedGroupsExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var groups = reader.Codes16(reader.U16("named_group_list"), "named_group_list", static c => new NamedGroup(c));
        reader.End("supported_groups");
        return new SupportedGroupsExtension(type, data) { Groups = groups, Fault = reader.Fault };
    }
}
