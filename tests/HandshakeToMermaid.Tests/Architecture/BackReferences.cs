namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>
/// What still flows back between folders. The list only shrinks: a test fails for an entry that no source needs any more, and the tests of
/// the rooms pass without it once it is empty.
/// </summary>
internal static class BackReferences
{
    private static readonly (string From, string To)[] ToBeRemoved =
    [
        // CaptureOpener names the readers of the formats; PcapNgWriter writes LiveStatistics.
        ("Capture", "Capture.Pcap"),
        ("Capture", "Capture.PcapNg"),
        ("Capture.PcapNg", "Capture.Live"),

        // PacketDecoder names the headers that are made of Packet and its parts.
        ("Packets", "Packets.Network"),
        ("Packets", "Packets.Transport"),

        // Flow names TcpEnd.
        ("Streams", "Streams.Tcp"),

        // OutputRequest names MermaidProfile.
        ("Diagrams.Outputs", "Diagrams.Mermaid"),
    ];

    public static bool Contains(Reference reference) => ToBeRemoved.Contains((reference.From, reference.To));

    /// <summary>Entries that no reference needs.</summary>
    public static IEnumerable<(string From, string To)> Unneeded(IEnumerable<Reference> references) =>
        ToBeRemoved.Except(references.Select(r => (r.From, r.To)));
}
