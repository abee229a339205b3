using System.Net;
using System.Text;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Name Resolution Block (draft-ietf-opsawg-pcapng section 4.5): records <c>uint16 type; uint16 len; value, padded to 4</c> up to type 0.
/// An IPv4 (type 1) or IPv6 (type 2) record is an address and its names, each terminated by a zero byte; only the first is used.
/// Names of MAC addresses and the options (such as the DNS server) are not read.
/// </summary>
internal static class NameResolutionBlock
{
    /// <summary>Keeps a block's names; false where a record is broken or there is no more room.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, ByteOrder order, CaptureNotes notes)
    {
        while (body.Length >= 4)
        {
            var type = order.U16(body);
            if (type == 0) return true;
            int length = order.U16(body[2..]);
            if (length > body.Length - 4) return false;
            var addressLength = type switch { Ipv4Record => 4, Ipv6Record => 16, _ => 0 };
            if (addressLength > 0 && !TryRecord(body.Slice(4, length), addressLength, notes)) return false;
            body = body[Math.Min(body.Length, 4 + ((length + 3) & ~3))..];
        }

        return true;
    }

    private static bool TryRecord(ReadOnlySpan<byte> record, int addressLength, CaptureNotes notes)
    {
        if (record.Length <= addressLength) return false;
        var name = record[addressLength..];
        var end = name.IndexOf((byte)0);
        if (end >= 0) name = name[..end];
        if (name.IsEmpty || name.Length > LongestName) return true;
        return notes.TryAddName(new IPAddress(record[..addressLength]), Encoding.UTF8.GetString(name));
    }

    private const ushort Ipv4Record = 1;
    private const ushort Ipv6Record = 2;

    // RFC 1035 section 2.3.4: a domain name has at most 255 octets.
    private const int LongestName = 255;
}
