using System.Text;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// The first line of an HTTP/1.1 message, RFC 9112 sections 3 and 4:
/// <code>
/// request-line = method SP request-target SP HTTP-version
/// status-line  = HTTP-version SP status-code SP [ reason-phrase ]
/// </code>
/// </summary>
internal static class HttpStartLine
{
    /// <summary>Reads a request line; null where it is none. Userinfo in the target is left out: it is an authorization.</summary>
    public static HttpHead? Request(ReadOnlySpan<byte> line)
    {
        var method = line.IndexOf((byte)' ');
        var version = line.LastIndexOf((byte)' ');
        if (method is < 1 or > MaxMethod || version <= method + 1 || !IsVersion(line[(version + 1)..])) return null;
        foreach (var letter in line[..method])
        {
            if (!IsToken(letter)) return null;
        }

        var target = Text(line[(method + 1)..version]);
        return new HttpHead { StartLine = $"{Text(line[..method])} {Cut(WithoutUserinfo(target))} {Text(line[(version + 1)..])}", IsForProxy = !target.StartsWith('/') && target != "*" };
    }

    /// <summary>Reads a status line; null where it is none.</summary>
    public static HttpHead? Response(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !IsVersion(line[..8]) || line[8] != ' ') return null;
        var status = 0;
        foreach (var digit in line[9..12])
        {
            if (digit is < (byte)'0' or > (byte)'9') return null;
            status = (10 * status) + digit - '0';
        }

        if (line.Length > 12 && line[12] != ' ') return null;
        return new HttpHead { StartLine = Cut(Text(line).TrimEnd()), Status = status };
    }

    /// <summary>A request of HTTP/2 or HTTP/3 in the same form.</summary>
    public static string Request(string method, string target, string version) => $"{Cut(method)} {Cut(WithoutUserinfo(target))} {version}";

    /// <summary>True for what a method consists of (RFC 9110 section 5.6.2).</summary>
    public static bool IsToken(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || "!#$%&'*+-.^_`|~"u8.Contains(letter);

    private static bool IsVersion(ReadOnlySpan<byte> text) =>
        text.Length == 8 && text.StartsWith("HTTP/"u8) && char.IsAsciiDigit((char)text[5]) && text[6] == '.' && char.IsAsciiDigit((char)text[7]);

    private static string WithoutUserinfo(string target)
    {
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        var start = authority < 0 ? 0 : authority + 3;
        if (authority < 0 && (target.StartsWith('/') || target.StartsWith('*'))) return target;
        var end = target.AsSpan(start).IndexOfAny('/', '?', '#');
        var at = target.AsSpan(start, end < 0 ? target.Length - start : end).LastIndexOf('@');
        return at < 0 ? target : string.Concat(target.AsSpan(0, start), target.AsSpan(start + at + 1));
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText - 1), "…");

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private const int MaxMethod = 32;

    // What a diagram or a table can show at all; a longer target is cut, and the cut is shown.
    private const int MaxText = 1024;
}
