// RFC 8446 section 4.2.11:
//   struct { opaque identity<1..2^16-1>; uint32 obfuscated_ticket_age; } PskIdentity;
//   opaque PskBinderEntry<32..255>;
//   struct { PskIdentity identities<7..2^16-1>; PskBinderEntry binders<33..2^16-1>; } OfferedPsks;
//   ServerHello: uint16 selected_identity;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>pre_shared_key: what a client offers to resume, or which of it a server took.</summary>
internal sealed class PreSharedKeyExtension : Extension
{
    private PreSharedKeyExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The keys that a client offers.</summary>
    public IReadOnlyList<PskIdentity> Identities { get; private init; } = [];

    /// <summary>How many binders a client sends; must equal the number of identities.</summary>
    public int BinderCount { get; private init; }

    /// <summary>Bytes of the binders with their length: what a binder's own hash leaves out (RFC 8446 section 4.2.11.2).</summary>
    public int BindersLength { get; private init; }

    /// <summary>Which identity a server took, 0 for the first; null from a client.</summary>
    public int? SelectedIdentity { get; private init; }

    /// <summary>True where none of the keys has an age: only those that were agreed on outside TLS have none (RFC 8446 section 4.2.11).</summary>
    public bool IsExternal => Identities.Count > 0 && Identities.All(i => i.ObfuscatedTicketAge == 0);

    internal static PreSharedKeyExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        if (place != MessagePlace.ClientHello)
        {
            int selected = reader.U16("selected_identity");
            reader.End("pre_shared_key");
            return new PreSharedKeyExtension(type, data) { SelectedIdentity = selected, Fault = reader.Fault };
        }

        var identities = new List<PskIdentity>(1);
        var box = reader.Enter16("identities");
        while (reader.HasMore)
        {
            var taken = reader.Vector16("identity");
            var identity = reader.Keep(data, taken);
            var age = reader.U32("obfuscated_ticket_age");
            if (!reader.Fault.IsFault) identities.Add(new PskIdentity(identity, age));
        }

        reader.Leave(box);
        var bindersStart = reader.Offset;
        var binders = 0;
        box = reader.Enter16("binders");
        while (reader.HasMore)
        {
            reader.Vector8("PskBinderEntry");
            if (!reader.Fault.IsFault) binders++;
        }

        reader.Leave(box);
        reader.End("pre_shared_key");
        return new PreSharedKeyExtension(type, data)
        {
            Identities = identities, BinderCount = binders, BindersLength = data.Length - bindersStart, Fault = reader.Fault,
        };
    }
}
