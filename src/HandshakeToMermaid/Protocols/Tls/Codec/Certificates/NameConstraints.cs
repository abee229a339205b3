using System.Text;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 5280 section 4.2.1.10.
//   NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
//   GeneralSubtree  ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
// Only dNSName and iPAddress bases are stored; minimum and maximum are not read (RFC 5280 forbids their use).

/// <summary>Which names a certificate authority may and may not certify.</summary>
/// <param name="PermittedDns">Domains; empty where DNS names are not limited to any. A leading dot stands as written.</param>
/// <param name="ExcludedDns">Domains that are forbidden.</param>
/// <param name="PermittedIp">Address ranges.</param>
/// <param name="ExcludedIp">Address ranges that are forbidden.</param>
/// <param name="HasOther">True where it also limits names of kinds that are not stored (directory names, mail addresses).</param>
internal sealed record NameConstraints(
    IReadOnlyList<string> PermittedDns,
    IReadOnlyList<string> ExcludedDns,
    IReadOnlyList<IpSubtree> PermittedIp,
    IReadOnlyList<IpSubtree> ExcludedIp,
    bool HasOther)
{
    internal static NameConstraints Read(ReadOnlySpan<byte> der, DerValue extension, out WireFault fault)
    {
        List<string> permittedDns = [], excludedDns = [];
        List<IpSubtree> permittedIp = [], excludedIp = [];
        var other = false;
        var reader = new DerReader(der, extension);
        var box = reader.Enter(DerTag.Sequence, "nameConstraints");
        if (reader.NextTag == DerTag.ContextConstructed(0)) Subtrees(ref reader, "permittedSubtrees", permittedDns, permittedIp, ref other);
        if (reader.NextTag == DerTag.ContextConstructed(1)) Subtrees(ref reader, "excludedSubtrees", excludedDns, excludedIp, ref other);
        reader.Leave(box);
        fault = reader.Fault;
        return new NameConstraints(permittedDns, excludedDns, permittedIp, excludedIp, other);
    }

    private static void Subtrees(ref DerReader reader, string field, List<string> dns, List<IpSubtree> ip, ref bool other)
    {
        var box = reader.Enter(reader.NextTag, field);
        while (reader.HasMore)
        {
            var subtree = reader.Enter(DerTag.Sequence, field);
            var tag = reader.NextTag;
            var name = reader.Content(reader.Any("base"));
            if (tag == DerTag.Context(GeneralNameKind.Dns)) dns.Add(Encoding.Latin1.GetString(name));
            else if (tag == DerTag.Context(GeneralNameKind.IpAddress) && IpSubtree.FromBytes(name) is { } range) ip.Add(range);
            else other = true;
            while (reader.HasMore) reader.Any(field);
            reader.Leave(subtree);
        }

        reader.Leave(box);
    }
}
