using System.Net;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

/// <summary>Plays datagrams to an observer and keeps the look-ups it tells.</summary>
internal sealed class LookupRecorder : IDnsQueryListener
{
    private long ordinals;

    public LookupRecorder(AnalyzerLimits? limits = null) => Observer = new DnsObserver(limits ?? AnalyzerLimits.Default, this);

    public DnsObserver Observer { get; }

    public List<DnsQuery> Queries { get; } = [];

    /// <summary>The same from their first question on.</summary>
    public List<DnsQuery> Begun { get; } = [];

    public long Frame { get; private set; }

    public (long Ordinal, string Capture) Asked() => (++ordinals, "test.pcap");

    public void Began(DnsQuery query) => Begun.Add(query);

    public void Finished(DnsQuery query) => Queries.Add(query);

    public bool Udp(string from, string to, byte[] payload, double atMilliseconds, int? wireLength = null)
    {
        var packet = new Packet
        {
            Kind = PacketKind.Udp,
            Mark = Mark(atMilliseconds),
            Source = Endpoint(from),
            Destination = Endpoint(to),
            Payload = payload,
            PayloadLength = wireLength ?? payload.Length,
        };
        return Observer.Datagram(packet);
    }

    public bool Tcp(string from, string to, byte[] message, double atMilliseconds) => Observer.StreamMessage(Endpoint(from), Endpoint(to), message, Mark(atMilliseconds));

    public FrameMark Mark(double atMilliseconds) => new(++Frame, At(atMilliseconds));

    public static Timestamp At(double milliseconds) => new Timestamp(1_800_000_000_000_000_000) + Duration.FromMilliseconds(milliseconds);

    public static IpEndpoint Endpoint(string text)
    {
        var parsed = IPEndPoint.Parse(text);
        return new IpEndpoint(IpAddress.FromBytes(parsed.Address.GetAddressBytes()), (ushort)parsed.Port);
    }
}
