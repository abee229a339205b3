using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// What ICMP errors are called: destination unreachable, time exceeded and parameter problem of RFC 792, RFC 1122
/// section 3.2.2.1, RFC 1812 section 5.2.7.1 and RFC 4443 section 3. Other numbers are shown as numbers.
/// </summary>
internal static class IcmpNames
{
    /// <summary>The error in a few words: "host unreachable".</summary>
    public static string NameOf(IcmpError error) => error.IsIpv6 ? NameOfIpv6(error) : NameOfIpv4(error);

    /// <summary>True for "fragmentation needed" and "packet too big", which complain of one packet's size and not of the way.</summary>
    public static bool IsTooBig(IcmpError error) => error.IsIpv6 ? error.Type == 2 : error is { Type: 3, Code: 4 };

    /// <summary>True for errors that say that a packet did not arrive.</summary>
    public static bool IsUnreachable(IcmpError error) =>
        !IsTooBig(error) && (error.IsIpv6 ? error.Type is 1 or 3 or 4 : error.Type is 3 or 11 or 12);

    /// <summary>What its sender says with it, see <see cref="Step.Explanation"/>; null for errors that are not known.</summary>
    public static string? ExplanationOf(IcmpError error) =>
        IsTooBig(error) ? "reports a packet too large for the next link" : IsUnreachable(error) ? "reports a packet that cannot be delivered" : null;

    private static string NameOfIpv4(IcmpError error) => (error.Type, error.Code) switch
    {
        (3, 0) => "network unreachable",
        (3, 1) => "host unreachable",
        (3, 2) => "protocol unreachable",
        (3, 3) => "port unreachable",
        (3, 4) => "fragmentation needed",
        (3, 5) => "source route failed",
        (3, 6) => "destination network unknown",
        (3, 7) => "destination host unknown",
        (3, 8) => "source host isolated",
        (3, 9) => "network administratively prohibited",
        (3, 10) => "host administratively prohibited",
        (3, 11) => "network unreachable for type of service",
        (3, 12) => "host unreachable for type of service",
        (3, 13) => "communication administratively prohibited",
        (3, 14) => "host precedence violation",
        (3, 15) => "precedence cutoff in effect",
        (4, 0) => "source quench",
        (11, 0) => "time to live exceeded in transit",
        (11, 1) => "fragment reassembly time exceeded",
        (12, _) => "parameter problem",
        _ => $"error type {error.Type} code {error.Code}",
    };

    private static string NameOfIpv6(IcmpError error) => (error.Type, error.Code) switch
    {
        (1, 0) => "no route to destination",
        (1, 1) => "administratively prohibited",
        (1, 2) => "beyond scope of source address",
        (1, 3) => "address unreachable",
        (1, 4) => "port unreachable",
        (1, 5) => "source address failed policy",
        (1, 6) => "reject route to destination",
        (2, _) => "packet too big",
        (3, 0) => "hop limit exceeded in transit",
        (3, 1) => "fragment reassembly time exceeded",
        (4, _) => "parameter problem",
        _ => $"error type {error.Type} code {error.Code}",
    };
}
