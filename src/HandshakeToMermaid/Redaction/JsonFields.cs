namespace HandshakeToMermaid.Redaction;

/// <summary>The members of a connection's JSON whose texts are values of the capture, not words of this program.</summary>
internal static class JsonFields
{
    /// <summary>True for a member that holds a value, or several in an array.</summary>
    public static bool HoldValues(string member) => Names.Contains(member);

    private static readonly HashSet<string> Names =
    [
        "capture", "address", "name", "answers", "aliases", "resolver", "sni", "alpn", "alpn_offered", "subject", "issuer", "serial", "san", "sha256", "request", "response", "reason",
    ];
}
