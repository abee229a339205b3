using System.Text;

namespace HandshakeToMermaid.Protocols.Recognition;

/// <summary>
/// What the first bytes of one direction look like where they are not TLS: enough to name the protocol. The payload is not stored,
/// except for a greeting or a status line, which is public.
/// </summary>
/// <param name="Words">How a sentence calls it: "plain HTTP", "data that is not TLS".</param>
/// <param name="Title">What its arrow is named: "HTTP/1.1 400 Bad Request", "Redis command".</param>
/// <param name="AwaitsGreeting">True for a client's command in a protocol whose server speaks first.</param>
internal sealed record Cleartext(string Words, string Title, bool AwaitsGreeting = false)
{
    /// <summary>Recognises the first bytes.</summary>
    public static Cleartext Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("HTTP/"u8)) return new Cleartext("plain HTTP", FirstLine(start));
        if (start.StartsWith("SSH-"u8)) return new Cleartext("SSH", FirstLine(start));
        if (start.StartsWith("220"u8)) return new Cleartext("a cleartext mail or FTP greeting", "220");
        if (start.StartsWith("* OK"u8)) return new Cleartext("cleartext IMAP", "OK");
        if (start.StartsWith("+OK"u8)) return new Cleartext("cleartext POP3", "+OK");
        if (IsRedisCommand(start)) return new Cleartext("a Redis command", "Redis command");
        if (IsMqttConnect(start)) return new Cleartext("an MQTT CONNECT", "MQTT CONNECT");
        foreach (var verb in MailVerbs)
        {
            if (IsCommand(start, verb)) return new Cleartext($"a cleartext {verb}", verb, AwaitsGreeting: true);
        }

        return new Cleartext("data that is not TLS", "Data, not TLS");
    }

    /// <summary>RESP: an array of bulk strings, "*1\r\n$4\r\n".</summary>
    private static bool IsRedisCommand(ReadOnlySpan<byte> start)
    {
        if (start.Length < 5 || start[0] != '*' || !char.IsAsciiDigit((char)start[1])) return false;
        var end = start.IndexOf("\r\n"u8);
        return end is > 0 and < 8 && start.Length > end + 2 && start[end + 2] == '$';
    }

    /// <summary>MQTT 3.1.1 section 3.1: type 1, a length of one to four bytes, the protocol's name.</summary>
    private static bool IsMqttConnect(ReadOnlySpan<byte> start)
    {
        if (start.Length < 8 || start[0] != 0x10) return false;
        var name = start[1..Math.Min(start.Length, 11)].IndexOf("\0\x04MQTT"u8);
        return name is >= 1 and <= 4;
    }

    private static bool IsCommand(ReadOnlySpan<byte> start, string verb) =>
        start.Length > verb.Length && Ascii.EqualsIgnoreCase(start[..verb.Length], verb) && start[verb.Length] is (byte)' ' or (byte)'\r' or (byte)'\n';

    private static string FirstLine(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? start : start[..end];
        return Encoding.Latin1.GetString(line[..Math.Min(line.Length, LongestLine)]);
    }

    /// <summary>Commands of SMTP, POP3 and FTP that no other protocol here begins with.</summary>
    private static readonly string[] MailVerbs = ["QUIT", "NOOP", "RSET", "EHLO", "HELO", "USER"];

    private const int LongestLine = 60;
}
