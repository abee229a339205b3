using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>
/// The endpoints between which a connection went on (RFC 9000 section 9). A packet there is proved to be of the connection where its keys open it, or
/// where it carries a connection id that a side gave out.
/// </summary>
/// <param name="paths">The endpoints between which it may have gone on.</param>
internal sealed class QuicMoves(IReadOnlyList<UdpPath> paths)
{
    private readonly Dictionary<int, RecordedPacket> first = [];
    private readonly HashSet<int> opened = [];

    /// <summary>Each path with its first packet, and whether the keys prove it.</summary>
    public IReadOnlyList<(UdpPath Path, FrameMark Mark, bool IsOpened)> Proved => [.. first.OrderBy(f => f.Value.Mark.Frame).Select(f => (paths[f.Key - 1], f.Value.Mark, opened.Contains(f.Key)))];

    /// <summary>Takes a packet that was opened.</summary>
    public void Take(RecordedPacket packet)
    {
        opened.Add(packet.Path);
        Note(packet);
    }

    /// <summary>Takes a packet that stays closed.</summary>
    public void TakeClosed(RecordedPacket packet, QuicKeyring keyring)
    {
        if (packet.Type == QuicPacketType.OneRtt && keyring.IdsOf(packet.From.Opposite()).Stands(packet.Bytes.AsSpan(packet.NumberOffset))) Note(packet);
    }

    /// <summary>A step for each path.</summary>
    public IEnumerable<QuicStep> Steps()
    {
        foreach (var (number, packet) in first)
        {
            var (path, provenance) = (paths[number - 1], opened.Contains(number) ? Provenance.Decrypted : Provenance.Clear);
            yield return new QuicStep("Connection migration", "goes on between other addresses or ports", [new StepFact(Detail.Brief, "from", path.Client.ToString()), new StepFact(Detail.Normal, "to", path.Server.ToString())], phase: Phase.Data)
            {
                From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = provenance,
            };
        }
    }

    private void Note(RecordedPacket packet)
    {
        if (!first.TryGetValue(packet.Path, out var known) || known.Mark.Frame > packet.Mark.Frame) first[packet.Path] = packet;
    }
}
