using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Link-layer addresses in place: unicast and multicast ones become locally administered, broadcast stays.</summary>
internal sealed class LinkAddresses(Pseudonyms pseudonyms)
{
    /// <summary>True where all that identifies a host in such a link header is rewritten.</summary>
    public static bool CanRewrite(LinkType link) => link == LinkType.Ethernet || link == LinkType.LinuxSll || link == LinkType.LinuxSll2 || link == LinkType.Null
        || link == LinkType.Loop || link == LinkType.Raw || link == LinkType.Ipv4 || link == LinkType.Ipv6 || link.Code is 9 or 12 or 14 or 50;

    /// <summary>Rewrites the addresses of a frame's first header.</summary>
    public void Rewrite(Span<byte> frame, LinkType link, int ip)
    {
        if (link == LinkType.Ethernet && ip >= 14)
        {
            Address(frame[..6]);
            Address(frame.Slice(6, 6));
        }
        else if (link == LinkType.LinuxSll && ip >= 16)
        {
            Address(frame.Slice(6, 6));
            frame.Slice(12, 2).Clear();
        }
        else if (link == LinkType.LinuxSll2 && ip >= 20)
        {
            Address(frame.Slice(12, 6));
            frame.Slice(18, 2).Clear();
        }
    }

    private void Address(Span<byte> address)
    {
        if (!address.ContainsAnyExcept((byte)0xFF) || !address.ContainsAnyExcept((byte)0)) return;
        var isGroup = (address[0] & 1) != 0;
        pseudonyms.Of(OriginalKind.LinkAddress, address).CopyTo(address);
        address[0] = (byte)((address[0] & 0xFC) | 2 | (isGroup ? 1 : 0));
    }
}
