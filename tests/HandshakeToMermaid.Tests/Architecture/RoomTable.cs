namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>Which room may use the types of which others; the longest row that holds a folder counts.</summary>
internal sealed class RoomTable(params Room[] rooms)
{
    private static readonly string[] Contracts = ["Wire", "Limits", "Capture", "Packets", "Streams.*", "Protocols", "Protocols.Contracts", "Protocols.Recognition"];

    private static readonly string[] Tls = ["Protocols.Tls.*", .. Contracts];

    private static readonly string[] Connections = ["Capture", "Packets", "Streams.*", "Protocols", "Protocols.Contracts", "Timeline", "Correlation"];

    // One way inside Tls too: each of these rooms uses those above it.
    private static readonly string[] TlsRecords = ["Protocols.Tls.Codec.*", .. Contracts];
    private static readonly string[] TlsDecryption = ["Protocols.Tls.Records", .. TlsRecords];
    private static readonly string[] TlsVerification = ["Protocols.Tls.Decryption", .. TlsDecryption];
    private static readonly string[] TlsSteps = ["Protocols.Tls.Verification", .. TlsVerification];
    private static readonly string[] TlsSession = ["Protocols.Tls.Steps.*", .. TlsSteps];
    private static readonly string[] TlsFacts = ["Protocols.Tls.Session", .. TlsSession];

    /// <summary>The table of src/README.md.</summary>
    public static RoomTable OfLibrary { get; } = new(
        new("", "*"),
        new("Wire"),
        new("Limits"),
        new("Capture", "Wire", "Limits"),
        new("Packets", "Wire", "Limits", "Capture"),
        new("Streams", "Wire", "Limits", "Capture", "Packets.*"),
        new("Protocols", "Wire", "Limits", "Capture", "Packets", "Streams.*"),
        new("Protocols.Contracts", "Wire", "Limits", "Capture", "Packets", "Streams.*"),
        new("Protocols.Recognition", Contracts),
        new("Protocols.Upgrade", ["Protocols.Http", .. Tls]),
        new("Protocols.Tcp", Contracts),
        new("Protocols.Udp", Contracts),
        new("Protocols.Dns", Contracts),
        new("Protocols.Http", Tls),
        new("Protocols.StartTls", Tls),
        new("Protocols.Dtls", Tls),
        new("Protocols.Quic", Tls),
        new("Protocols.Eap", Tls),
        new("Protocols.Tls", Tls),
        new("Protocols.Tls.Codec", Contracts),
        new("Protocols.Tls.Records", TlsRecords),
        new("Protocols.Tls.Decryption", TlsDecryption),
        new("Protocols.Tls.Verification", TlsVerification),
        new("Protocols.Tls.Steps", TlsSteps),
        new("Protocols.Tls.Session", TlsSession),
        new("Protocols.Tls.Facts", TlsFacts),
        new("Timeline", ["Wire", "Limits", .. Connections]),
        new("Correlation", ["Wire", "Limits", .. Connections]),
        new("Diagnosis", Connections),
        new("Diagnosis.Evidence", ["Diagnosis", "Protocols.*", .. Connections]),
        new("Diagnosis.Rules", ["Diagnosis.*", "Protocols.*", .. Connections]),
        new("Assertions", ["Diagnosis", "Protocols.Tls.*", .. Connections]),
        new("Comparison", ["Diagnosis", .. Connections]),
        new("Diagrams", ["Diagnosis", "Comparison", "Templating.*", .. Connections]),
        new("Exchange", ["Diagnosis", "Limits", .. Connections]),
        new("Redaction", ["Diagnosis", "Diagnosis.Evidence", "Wire", "Limits", .. Connections]),
        new("Redaction.Captures", ["Redaction", "Packets.*", "Protocols.Dtls", "Protocols.Eap", "Protocols.Quic", "Protocols.Tls.Codec.*", "Protocols.Tls.Decryption", "Protocols.Tls.Verification", "Wire", "Limits", .. Connections]),
        new("Pipeline", "*"),
        new("Catalogs", "*"));

    /// <summary>Whether a file of one room may use the types of another.</summary>
    public bool Allows(string from, string to)
    {
        var row = RowOf(from);
        return row is not null && (RowOf(to) == row || row.Allows(to));
    }

    /// <summary>The row that a folder falls under; null where there is none, which allows nothing.</summary>
    public Room? RowOf(string room) => rooms.Where(r => r.Name.Length == 0 ? room.Length == 0 : r.Holds(room)).MaxBy(r => r.Name.Length);
}
