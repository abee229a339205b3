using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>What is not encrypted and is no TLS, in place: HTTP's first line and its host get their pseudonyms, the length of a body stays, all else is masked.</summary>
internal sealed class CleartextRewriter(Pseudonyms pseudonyms)
{
    private readonly SocksRewriter socks = new(pseudonyms);

    /// <summary>Rewrites SOCKS by its structure and everything else line by line.</summary>
    public void Rewrite(Span<byte> bytes)
    {
        if (socks.TryRewrite(bytes)) return;
        for (var at = 0; at < bytes.Length;)
        {
            var end = bytes[at..].IndexOf((byte)'\n');
            end = end < 0 ? bytes.Length : at + end + 1;
            Line(bytes[at..end]);
            at = end;
        }
    }

    private void Line(Span<byte> line)
    {
        var content = line.TrimEnd("\r\n"u8);
        var text = Encoding.Latin1.GetString(content);
        if (text.StartsWith("HTTP/1.", StringComparison.Ordinal) && Pseudonyms.Stays(new Original(OriginalKind.StatusLine, text))) return;
        if (text.Contains(" HTTP/1.", StringComparison.Ordinal) && text.Split(' ') is [var method, _, ['H', 'T', 'T', 'P', '/', '1', '.', _]] && method.All(char.IsAsciiLetterUpper))
        {
            Replace(content, pseudonyms.Of(new Original(OriginalKind.RequestLine, text)));
        }
        else if (text.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))
        {
            Replace(content["Host: ".Length..], pseudonyms.Of(new Original(OriginalKind.Name, text["Host: ".Length..].Trim())));
        }
        else
        {
            TextMask.Apply(line[KeptOf(text)..]);
        }
    }

    /// <summary>Characters of a header that stay: the length of a body, which says where the next message begins, and the scheme of a proxy's authentication.</summary>
    private static int KeptOf(string header)
    {
        if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) return header.Length;
        foreach (var name in Schemes)
        {
            if (!header.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var end = header.IndexOf(' ', name.Length);
            return end < 0 ? header.Length : end;
        }

        return 0;
    }

    private static readonly string[] Schemes = ["Proxy-Authenticate: ", "Proxy-Authorization: "];

    private static void Replace(Span<byte> room, string text)
    {
        if (text.Length == room.Length) Encoding.Latin1.GetBytes(text).CopyTo(room);
        else TextMask.Apply(room);
    }
}
