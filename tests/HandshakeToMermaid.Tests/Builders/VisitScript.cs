using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Protocols.Dns;
using static HandshakeToMermaid.Tests.Protocols.Dns.DnsMessageBuilder;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Writes a capture of a client that looks up names and connects, at times given in milliseconds.</summary>
internal sealed class VisitScript
{
    private readonly List<(double At, byte[] Frame)> frames = [];

    /// <summary>A question and, where a time is given for it, its answer with an address (or an rcode, where that is not 0).</summary>
    public VisitScript Lookup(string name, ushort type, double asked, double? answered, string? address = null, int port = 40000, byte rcode = 0, string resolver = Resolver, string client = Client)
    {
        var id = (ushort)(port + type);
        Udp($"{client}:{port}", $"{resolver}:53", Query(id, name, type), asked);
        if (answered is { } at) Answer(name, type, at, address, port, rcode, resolver, client);
        return this;
    }

    /// <summary>An answer alone.</summary>
    public VisitScript Answer(string name, ushort type, double at, string? address = null, int port = 40000, byte rcode = 0, string resolver = Resolver, string client = Client)
    {
        var response = Response((ushort)(port + type), name, type, rcode: rcode);
        Udp($"{resolver}:53", $"{client}:{port}", address is null ? response : response.Address(name, address), at);
        return this;
    }

    /// <summary>A and AAAA together; only the first is there.</summary>
    public VisitScript Resolve(string name, double asked, double answered, string address = Server, int port = 40000, string client = Client) =>
        Lookup(name, 1, asked, answered, address, port, client: client).Lookup(name, 28, asked + 0.01, answered + 0.01, port: port, client: client);

    /// <summary>A message of any kind.</summary>
    public VisitScript Udp(string from, string to, DnsMessageBuilder message, double at)
    {
        frames.Add((at, PacketBuilder.Udp(from, to, message.Build())));
        return this;
    }

    /// <summary>A SYN that nobody answers.</summary>
    public VisitScript Syn(int port, double at, string server, int serverPort = 443, string client = Client)
    {
        Tcp($"{client}:{port}", $"{server}:{serverPort}", 100, 0, TcpFlags.Syn, at);
        return this;
    }

    /// <summary>The RST that answers a SYN.</summary>
    public VisitScript Refusal(int port, double at, string server, int serverPort = 443, string client = Client)
    {
        Tcp($"{server}:{serverPort}", $"{client}:{port}", 0, 101, TcpFlags.Rst | TcpFlags.Ack, at);
        return this;
    }

    /// <summary>A connection that sends some bytes and is closed by both.</summary>
    public VisitScript Connect(int port, double at, double until, byte[] first, string server = Server, int serverPort = 443, string client = Client) =>
        Exchange(port, at, until, first, [], server, serverPort, client);

    /// <summary>The same with an answer.</summary>
    public VisitScript Exchange(int port, double at, double until, byte[] first, byte[] answer, string server, int serverPort, string client = Client)
    {
        string from = $"{client}:{port}", to = $"{server}:{serverPort}";
        Tcp(from, to, 100, 0, TcpFlags.Syn, at);
        Tcp(to, from, 500, 101, TcpFlags.Syn | TcpFlags.Ack, at + 0.2);
        Tcp(from, to, 101, 501, TcpFlags.Ack, at + 0.3);
        Tcp(from, to, 101, 501, TcpFlags.Ack | TcpFlags.Psh, at + 0.4, first);
        var sent = 101 + (uint)first.Length;
        var answered = 501 + (uint)answer.Length;
        if (answer.Length > 0) Tcp(to, from, 501, sent, TcpFlags.Ack | TcpFlags.Psh, (at + until) / 2, answer);
        Tcp(to, from, answered, sent, TcpFlags.Ack | TcpFlags.Fin, until);
        Tcp(from, to, sent, answered + 1, TcpFlags.Ack | TcpFlags.Fin, until + 0.1);
        Tcp(to, from, answered + 1, sent + 1, TcpFlags.Ack, until + 0.2);
        return this;
    }

    /// <summary>The ClientHello of a client that asks for a name.</summary>
    public static byte[] Hello(string name) => TlsBytes.Handshake(TlsBytes.ClientHello13(name));

    /// <summary>The capture, its frames in the order of their times.</summary>
    public byte[] ToPcap()
    {
        var file = CaptureFileBuilder.Pcap(nanoseconds: true);
        foreach (var (at, frame) in frames.OrderBy(f => f.At)) file.Frame(Start + Duration.FromMilliseconds(at), frame);
        return file.ToArray();
    }

    private void Tcp(string from, string to, uint sequence, uint acknowledgment, TcpFlags flags, double at, byte[]? payload = null) =>
        frames.Add((at, PacketBuilder.Tcp(from, to, sequence, acknowledgment, flags, payload)));

    public const string Client = "192.0.2.7";
    public const string Resolver = "192.0.2.53";
    public const string Server = "203.0.113.55";

    private static readonly Timestamp Start = new(1_700_000_000L * Timestamp.PerSecond);
}
