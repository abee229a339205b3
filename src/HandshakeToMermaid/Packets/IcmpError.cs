namespace HandshakeToMermaid.Packets;

/// <summary>An ICMP or ICMPv6 error message (RFC 792, RFC 4443), by its numbers.</summary>
/// <param name="IsIpv6">True for ICMPv6.</param>
/// <param name="Type">The message type.</param>
/// <param name="Code">The code within the type.</param>
/// <param name="NextHopMtu">The MTU that a "fragmentation needed" or "packet too big" names, in bytes; 0 elsewhere.</param>
internal readonly record struct IcmpError(bool IsIpv6, byte Type, byte Code, uint NextHopMtu)
{
    /// <summary>True where a packet was too large for a link on its way and could not be cut there.</summary>
    public bool IsPacketTooBig => IsIpv6 ? Type == Ipv6PacketTooBig : Type == DestinationUnreachable && Code == FragmentationNeeded;

    /// <summary>As people say it: "host unreachable", "packet too big, MTU 1400", "destination unreachable, code 42".</summary>
    public override string ToString()
    {
        if (IsPacketTooBig) return NextHopMtu == 0 ? "packet too big" : $"packet too big, MTU {NextHopMtu}";
        return (IsIpv6 ? Ipv6Text : Ipv4Text) ?? $"{TypeText}, code {Code}";
    }

    /// <summary>By the registry "ICMP Type Numbers", codes of types 3, 11 and 12.</summary>
    private string? Ipv4Text => (Type, Code) switch
    {
        (DestinationUnreachable, 0) => "network unreachable",
        (DestinationUnreachable, 1) => "host unreachable",
        (DestinationUnreachable, 2) => "protocol unreachable",
        (DestinationUnreachable, 3) => "port unreachable",
        (DestinationUnreachable, 5) => "source route failed",
        (DestinationUnreachable, 6) => "network unknown",
        (DestinationUnreachable, 7) => "host unknown",
        (DestinationUnreachable, 8) => "source host isolated",
        (DestinationUnreachable, 9) => "network administratively prohibited",
        (DestinationUnreachable, 10) => "host administratively prohibited",
        (DestinationUnreachable, 11) => "network unreachable for type of service",
        (DestinationUnreachable, 12) => "host unreachable for type of service",
        (DestinationUnreachable, 13) => "communication administratively prohibited",
        (DestinationUnreachable, 14) => "host precedence violation",
        (DestinationUnreachable, 15) => "precedence cutoff in effect",
        (TimeExceeded, 0) => "time to live exceeded in transit",
        (TimeExceeded, 1) => "fragment reassembly time exceeded",
        (ParameterProblem, 0) => "parameter problem",
        (ParameterProblem, 1) => "required option missing",
        (ParameterProblem, 2) => "bad length",
        _ => null,
    };

    /// <summary>By the registry "ICMPv6 Parameters", codes of types 1, 3 and 4.</summary>
    private string? Ipv6Text => (Type, Code) switch
    {
        (Ipv6DestinationUnreachable, 0) => "no route to destination",
        (Ipv6DestinationUnreachable, 1) => "communication administratively prohibited",
        (Ipv6DestinationUnreachable, 2) => "beyond scope of source address",
        (Ipv6DestinationUnreachable, 3) => "address unreachable",
        (Ipv6DestinationUnreachable, 4) => "port unreachable",
        (Ipv6DestinationUnreachable, 5) => "source address failed policy",
        (Ipv6DestinationUnreachable, 6) => "reject route to destination",
        (Ipv6DestinationUnreachable, 7) => "error in source routing header",
        (Ipv6DestinationUnreachable, 8) => "headers too long",
        (Ipv6TimeExceeded, 0) => "hop limit exceeded in transit",
        (Ipv6TimeExceeded, 1) => "fragment reassembly time exceeded",
        (Ipv6ParameterProblem, 0) => "erroneous header field",
        (Ipv6ParameterProblem, 1) => "unrecognized next header",
        (Ipv6ParameterProblem, 2) => "unrecognized IPv6 option",
        (Ipv6ParameterProblem, 3) => "first fragment has an incomplete header chain",
        _ => null,
    };

    private string TypeText => (IsIpv6, Type) switch
    {
        (false, DestinationUnreachable) or (true, Ipv6DestinationUnreachable) => "destination unreachable",
        (false, TimeExceeded) or (true, Ipv6TimeExceeded) => "time exceeded",
        (false, ParameterProblem) or (true, Ipv6ParameterProblem) => "parameter problem",
        (false, _) => $"ICMP type {Type}",
        (true, _) => $"ICMPv6 type {Type}",
    };

    internal const byte DestinationUnreachable = 3;
    internal const byte FragmentationNeeded = 4;
    internal const byte TimeExceeded = 11;
    internal const byte ParameterProblem = 12;
    internal const byte Ipv6DestinationUnreachable = 1;
    internal const byte Ipv6PacketTooBig = 2;
    internal const byte Ipv6TimeExceeded = 3;
    internal const byte Ipv6ParameterProblem = 4;
}
