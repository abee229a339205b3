// Generated from DnsRcode.csv by the test DnsRegistriesTests; UPDATE_EXPECTED=1 writes it anew.
#nullable enable

namespace HandshakeToMermaid.Protocols.Dns;

internal readonly partial record struct DnsRcode
{
    private static string? NameOf(ushort code) => code switch
    {
        0 => "NOERROR",
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        7 => "YXRRSET",
        8 => "NXRRSET",
        9 => "NOTAUTH",
        10 => "NOTZONE",
        11 => "DSOTYPENI",
        16 => "BADVERS",
        17 => "BADKEY",
        18 => "BADTIME",
        19 => "BADMODE",
        20 => "BADNAME",
        21 => "BADALG",
        22 => "BADTRUNC",
        23 => "BADCOOKIE",
        _ => null,
    };
}
