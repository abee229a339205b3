using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>
/// Writes TCP conversations as text. Statements are separated by ';' or line ends:
/// <code>
/// C SYN; S SYN-ACK; C ACK; C 'hello'; S 'abc' len=100; lost S 'gone'; +20ms; C FIN; S RST
/// </code>
/// C and S are the two ends. What follows, in any order: control bits joined by '-' (ACK is implied with data and FIN);
/// 'text' or hex:160301 or #100 (100 bytes of filler) as payload; seq=N (N bytes after the first byte; on a SYN: another
/// connection, N numbers further), seq+N, seq-N (relative to what comes next); ack=N, ack+N, ack-N likewise; len=N (length on the wire where the capture cut it);
/// win=N ttl=N id=N mss=N; sack=N-M (the peer's bytes N up to M, counted as seq= is); noack. "lost" before it: it was sent, but not captured. "icmp 3.1 from 192.0.2.254" quotes
/// C's last segment, with "about S" behind it the server's. "+20ms", "+3s" let time pass; every captured frame takes 1 ms unless +0ms follows it.
/// The state only goes forward: what is sent beyond the next number moves it.
/// </summary>
internal sealed class TcpScript
{
    private readonly uint[] initial;
    private readonly long[] next = [0, 0];
    private readonly List<ScriptedSegment> segments = [];
    private readonly ScriptedSegment?[] last = [null, null];

    /// <summary>Two ends with chosen initial sequence numbers.</summary>
    public TcpScript(uint clientInitial = 1000, uint serverInitial = 5_000_000)
    {
        initial = [clientInitial, serverInitial];
    }

    public IpEndpoint Client { get; init; } = new(IpAddress.Parse("192.0.2.1")!.Value, 50_000);

    public IpEndpoint Server { get; init; } = new(IpAddress.Parse("198.51.100.7")!.Value, 443);

    /// <summary>The number of the next frame.</summary>
    public long Frame { get; set; } = 1;

    /// <summary>The time of the next frame.</summary>
    public Timestamp Now { get; set; } = new(1_700_000_000L * Timestamp.PerSecond);

    /// <summary>The segments of a script between two ordinary ends.</summary>
    public static List<ScriptedSegment> Read(string script) => new TcpScript().Write(script);

    /// <summary>Goes on with a script and gives all segments so far.</summary>
    public List<ScriptedSegment> Write(string script)
    {
        foreach (var statement in script.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (statement[0] == '+') Now += Span(statement[1..]);
            else Send(statement);
        }

        return segments;
    }

    private static Duration Span(string text) => text.EndsWith("ms", StringComparison.Ordinal)
        ? Duration.FromMilliseconds(double.Parse(text[..^2], CultureInfo.InvariantCulture))
        : Duration.FromSeconds(double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture));

    private void Send(string statement)
    {
        var words = Words(statement);
        var isLost = words[0] == "lost";
        if (isLost) words.RemoveAt(0);
        if (words[0] == "icmp")
        {
            Complain(words);
            return;
        }

        var end = words[0] == "C" ? 0 : 1;
        var payload = Array.Empty<byte>();
        var flags = TcpFlags.None;
        var (length, sequence, acknowledgment) = (-1, next[end], next[1 - end]);
        var (window, ttl, id, mss, noAck) = (65_535, 64, 0, 0, false);
        byte[] sack = [];
        foreach (var word in words.Skip(1))
        {
            if (word[0] == '\'') payload = Encoding.Latin1.GetBytes(word[1..^1]);
            else if (word[0] == '#') payload = Filler(int.Parse(word[1..]), sequence);
            else if (word.StartsWith("hex:", StringComparison.Ordinal)) payload = Convert.FromHexString(word[4..]);
            else if (word.StartsWith("seq", StringComparison.Ordinal)) sequence = Moved(word[3..], next[end]);
            else if (word.StartsWith("ack", StringComparison.Ordinal)) acknowledgment = Moved(word[3..], next[1 - end]);
            else if (word.StartsWith("len=", StringComparison.Ordinal)) length = int.Parse(word[4..]);
            else if (word.StartsWith("win=", StringComparison.Ordinal)) window = int.Parse(word[4..]);
            else if (word.StartsWith("ttl=", StringComparison.Ordinal)) ttl = int.Parse(word[4..]);
            else if (word.StartsWith("id=", StringComparison.Ordinal)) id = int.Parse(word[3..]);
            else if (word.StartsWith("mss=", StringComparison.Ordinal)) mss = int.Parse(word[4..]);
            else if (word.StartsWith("sack=", StringComparison.Ordinal)) sack = SackBlock(word[5..], initial[1 - end]);
            else if (word == "noack") noAck = true;
            else foreach (var bit in word.Split('-')) flags |= Enum.Parse<TcpFlags>(bit, ignoreCase: true);
        }

        if (payload.Length > 0 && (flags & (TcpFlags.Syn | TcpFlags.Rst)) == 0) flags |= TcpFlags.Ack | TcpFlags.Psh;
        if ((flags & TcpFlags.Fin) != 0) flags |= TcpFlags.Ack;
        if (noAck) flags &= ~TcpFlags.Ack;
        var isSyn = (flags & TcpFlags.Syn) != 0;
        var wireLength = length < 0 ? payload.Length : length;
        if (isSyn && !words.Exists(word => word.StartsWith("seq", StringComparison.Ordinal))) sequence = 0;
        var first = unchecked(initial[end] + (uint)sequence + (isSyn ? 0u : 1u));
        var segment = new ScriptedSegment
        {
            Source = end == 0 ? Client : Server,
            Destination = end == 0 ? Server : Client,
            Mark = new FrameMark(Frame, Now),
            Sequence = first,
            Acknowledgment = (flags & TcpFlags.Ack) != 0 ? unchecked(initial[1 - end] + 1 + (uint)acknowledgment) : 0,
            Flags = flags,
            Payload = payload,
            PayloadLength = wireLength,
            Window = (ushort)window,
            TimeToLive = (byte)ttl,
            Identification = (ushort)id,
            Options = mss == 0 ? sack : [2, 4, (byte)(mss >> 8), (byte)mss, 1, 1, 4, 2],
        };
        if ((flags & TcpFlags.Rst) == 0) next[end] = Math.Max(next[end], sequence + wireLength + ((flags & TcpFlags.Fin) != 0 ? 1 : 0));
        last[end] = segment;
        if (!isLost) Captured(segment);
    }

    private void Complain(List<string> words)
    {
        var numbers = words[1].Split('.').Select(byte.Parse).ToArray();
        Captured(last[words[^2..] is ["about", "S"] ? 1 : 0]! with
        {
            Mark = new FrameMark(Frame, Now),
            Icmp = new IcmpError(IsIpv6: false, numbers[0], numbers[1], numbers is [3, 4] ? 1280u : 0),
            IcmpSender = IpAddress.Parse(words.Count > 3 ? words[3] : "192.0.2.254")!.Value,
            Payload = [],
            PayloadLength = 0,
        });
    }

    private void Captured(ScriptedSegment segment)
    {
        segments.Add(segment);
        Frame++;
        Now += Duration.FromMilliseconds(1);
    }

    private static byte[] SackBlock(string range, uint initial)
    {
        var option = new byte[] { 1, 1, 5, 10, 0, 0, 0, 0, 0, 0, 0, 0 };
        var ends = range.Split('-');
        BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(4), unchecked(initial + 1 + uint.Parse(ends[0], CultureInfo.InvariantCulture)));
        BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(8), unchecked(initial + 1 + uint.Parse(ends[1], CultureInfo.InvariantCulture)));
        return option;
    }

    private static long Moved(string word, long from) => word[0] == '=' ? long.Parse(word[1..]) : from + long.Parse(word);

    private static byte[] Filler(int length, long from)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)('a' + ((from + i) % 26));
        return bytes;
    }

    /// <summary>Splits at blanks outside quotes.</summary>
    private static List<string> Words(string statement)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in statement)
        {
            if (letter == '\'') isQuoted = !isQuoted;
            if (letter != ' ' || isQuoted)
            {
                word.Append(letter);
                continue;
            }

            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }
}
