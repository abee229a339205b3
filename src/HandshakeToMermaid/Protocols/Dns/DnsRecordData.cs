using System.Text;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Dns;

// RFC 1035 section 3.3 (CNAME, MX, NS, PTR, SOA, TXT), 3596 (AAAA), 2782 (SRV), 6672 (DNAME), 8659 (CAA), 9460 (SVCB, HTTPS):
//   SVCB: SvcPriority(16) TargetName *( SvcParamKey(16) length(16) value )

/// <summary>Reads the data of a record into its text.</summary>
internal static class DnsRecordData
{
    /// <summary>The cursor stands at the data and ends with it. After a fault the text says the data's length instead.</summary>
    public static DnsRecord Read(ref WireReader data, ReadOnlySpan<byte> message, AnalyzerLimits limits, DnsRecord record)
    {
        var length = data.Remaining;
        var jumps = limits.DnsPointerJumps;
        var read = record;
        switch (record.Type.Code)
        {
            case 1:
                read = Address(record, data.Take(4, "ADDRESS"));
                break;
            case 28:
                read = Address(record, data.Take(16, "ADDRESS"));
                break;
            case 5:
                record.Target = DnsName.Read(ref data, message, "CNAME", jumps);
                break;
            case 2 or 12 or 39:
                read = record with { Text = $"{record.Type} {DnsName.Read(ref data, message, record.Type.ToString(), jumps)}" };
                break;
            case 15:
                read = record with { Text = $"MX {data.U16("PREFERENCE")} {DnsName.Read(ref data, message, "EXCHANGE", jumps)}" };
                break;
            case 33:
                read = record with { Text = $"SRV {data.U16("Priority")} {data.U16("Weight")} {data.U16("Port")} {DnsName.Read(ref data, message, "Target", jumps)}" };
                break;
            case 6:
                read = record with { Text = $"SOA {DnsName.Read(ref data, message, "MNAME", jumps)} {DnsName.Read(ref data, message, "RNAME", jumps)} {data.U32("SERIAL")}" };
                data.Take(16, "REFRESH");
                break;
            case 16:
                read = record with { Text = $"TXT {Strings(ref data)}" };
                break;
            case 257:
                var flags = data.U8("Flags");
                var tag = Encoding.Latin1.GetString(data.Vector8("Tag"));
                read = record with { Text = $"CAA {flags} {tag} {Quoted(data.Rest())}" };
                break;
            case 64 or 65:
                read = ServiceBinding(ref data, message, jumps, record);
                break;
            default:
                data.Rest();
                return record with { Text = Unopened(record, length) };
        }

        data.End("RDATA");
        return data.Fault.IsFault && read.Addresses.Count == 0 ? record with { Text = Unopened(record, length), Target = null } : read;
    }

    private static string Unopened(DnsRecord record, int length) => $"{record.Type} {length} bytes";

    private static DnsRecord Address(DnsRecord record, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return record;
        record.Addresses = new[] { IpAddress.FromBytes(bytes) };
        return record;
    }

    private static string Strings(ref WireReader data)
    {
        var text = new StringBuilder();
        while (data.HasMore)
        {
            var value = data.Vector8("TXT-DATA");
            if (data.Fault.IsFault) break;
            if (text.Length > 0) text.Append(' ');
            text.Append(Quoted(value));
        }

        return text.ToString();
    }

    private static string Quoted(ReadOnlySpan<byte> value) => $"\"{Encoding.UTF8.GetString(value)}\"";

    private static DnsRecord ServiceBinding(ref WireReader data, ReadOnlySpan<byte> message, int jumps, DnsRecord record)
    {
        var priority = data.U16("SvcPriority");
        var target = DnsName.Read(ref data, message, "TargetName", jumps);
        if (data.Fault.IsFault) return record;
        if (priority == 0)
        {
            // AliasMode has no parameters that count (RFC 9460 section 2.4.2).
            data.Rest();
            return record with { Text = $"alias {target}" };
        }

        List<IpAddress> hints = [];
        List<string> parts = [];
        var hasEch = false;
        while (data.HasMore)
        {
            var key = data.U16("SvcParamKey");
            hasEch |= key == EchKey;
            var box = data.Enter16("SvcParamValue");
            var part = Parameter(key, ref data, hints);
            data.Leave(box);
            if (!data.Fault.IsFault) parts.Add(part);
        }

        if (target != ".") parts.Add($"target {target}");
        return record with { Text = parts.Count == 0 ? $"{priority} {target}" : string.Join("; ", parts), Addresses = hints, HasEchConfiguration = hasEch };
    }

    private static string Parameter(ushort key, ref WireReader data, List<IpAddress> hints)
    {
        switch (key)
        {
            case 0:
                List<string> mandatory = [];
                while (data.HasMore) mandatory.Add(KeyName(data.U16("mandatory")));
                return $"mandatory {string.Join(", ", mandatory)}";
            case 1:
                List<string> protocols = [];
                while (data.HasMore) protocols.Add(Encoding.UTF8.GetString(data.Vector8("alpn-id")));
                return $"alpn {string.Join(", ", protocols)}";
            case 3:
                return $"port {data.U16("port")}";
            case 4 or 6:
                var from = hints.Count;
                while (data.HasMore)
                {
                    var bytes = data.Take(key == 4 ? 4 : 16, KeyName(key));
                    if (!bytes.IsEmpty) hints.Add(IpAddress.FromBytes(bytes));
                }

                return $"{KeyName(key)} {string.Join(", ", hints.Skip(from))}";
            default:
                data.Rest();
                return KeyName(key);
        }
    }

    // RFC 9848 section 3.
    private const ushort EchKey = 5;

    // RFC 9460 section 14.3.2 and its registry.
    private static string KeyName(ushort key) => key switch
    {
        0 => "mandatory",
        1 => "alpn",
        2 => "no-default-alpn",
        3 => "port",
        4 => "ipv4hint",
        5 => "ech",
        6 => "ipv6hint",
        7 => "dohpath",
        8 => "ohttp",
        9 => "tls-supported-groups",
        10 => "docpath",
        _ => $"key{key}",
    };
}
