using System.Text;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>The DNS names and IP addresses of subjectAltName (RFC 5280 section 4.2.1.6).</summary>
/// <param name="All">All in the order of the wire; an address of impossible length in hex.</param>
/// <param name="Dns">The DNS names.</param>
/// <param name="Ip">The IP addresses.</param>
internal sealed record AlternativeNames(string[] All, string[] Dns, IpAddress[] Ip)
{
    /// <summary>Reads the names of a certificate.</summary>
    /// <param name="der">The certificate.</param>
    /// <param name="value">Where the extension lies; not set where there is none.</param>
    public static AlternativeNames Read(ReadOnlySpan<byte> der, DerValue value)
    {
        if (!value.IsSet) return new AlternativeNames([], [], []);
        List<string> all = [], dns = [];
        List<IpAddress> ip = [];
        var reader = new DerReader(der, value);
        reader.Enter(DerTag.Sequence, "subjectAltName");
        while (reader.HasMore)
        {
            var tag = reader.NextTag;
            var content = reader.Content(reader.Any("subjectAltName"));
            if (tag == DerTag.Context(GeneralNameKind.Dns))
            {
                dns.Add(Encoding.Latin1.GetString(content));
                all.Add(dns[^1]);
            }
            else if (tag == DerTag.Context(GeneralNameKind.IpAddress) && content.Length is 4 or 16)
            {
                ip.Add(IpAddress.FromBytes(content));
                all.Add(ip[^1].ToString());
            }
            else if (tag == DerTag.Context(GeneralNameKind.IpAddress))
            {
                all.Add(Convert.ToHexStringLower(content));
            }
        }

        return new AlternativeNames([.. all], [.. dns], [.. ip]);
    }
}
