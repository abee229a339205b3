using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>An output that should be redacted held an original: it must not be written. The message says which kind, never the value.</summary>
internal sealed class LeakException(OriginalKind kind) : Exception($"the redacted output still holds {NameOf(kind)} of the capture, so it is not written")
{
    /// <summary>What was found.</summary>
    public OriginalKind Kind => kind;

    private static string NameOf(OriginalKind kind) => kind switch
    {
        OriginalKind.Address => "an address",
        OriginalKind.Name or OriginalKind.NameList => "a name",
        OriginalKind.Subject or OriginalKind.Authority => "a part of a distinguished name",
        OriginalKind.SerialNumber => "a serial number",
        OriginalKind.Fingerprint => "a fingerprint",
        OriginalKind.Session => "a session ID or ticket",
        OriginalKind.RequestLine or OriginalKind.StatusLine => "a request",
        OriginalKind.FreeText => "text of a peer",
        OriginalKind.Protocol => "the name of a protocol",
        OriginalKind.LinkAddress => "a MAC address",
        _ => "a file name",
    };
}
