using System.Text;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// The head of an HTTP/1.1 message, RFC 9112 section 2.1. Of the headers only Host is stored, and whether
/// Strict-Transport-Security is present. Interim responses (100, 102, 103) are skipped. Bodies are not read.
/// </summary>
internal sealed class Http1Reader : HttpReader
{
    private readonly bool isResponse;
    private byte[] line = [];
    private int length;
    private int total;
    private bool isOverlong;

    /// <summary>Begins at the first byte of a message.</summary>
    public Http1Reader(bool isResponse) => this.isResponse = isResponse;

    /// <inheritdoc/>
    public override void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !IsDone)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            total += piece.Length + 1;
            if (total > MaxHead)
            {
                Fault = "the HTTP header is longer than 64 KiB";
                return;
            }

            var room = Math.Min(piece.Length, MaxLine - length);
            if (line.Length < length + room) Array.Resize(ref line, Math.Clamp(2 * (length + room), UsualLine, MaxLine));
            piece[..room].CopyTo(line.AsSpan(length));
            length += room;
            isOverlong |= room < piece.Length;
            if (end < 0) return;
            Line(line.AsSpan(0, length).TrimEnd((byte)'\r'));
            (length, isOverlong) = (0, false);
            bytes = bytes[(end + 1)..];
        }
    }

    private void Line(ReadOnlySpan<byte> text)
    {
        if (Head is null)
        {
            // RFC 9112 section 2.2: empty lines before a request are to be ignored.
            if (text.IsEmpty) return;
            Head = isOverlong ? null : isResponse ? HttpStartLine.Response(text) : HttpStartLine.Request(text);
            if (Head is null) Fault = isResponse ? "no HTTP status line" : "no HTTP request line";
            return;
        }

        if (text.IsEmpty)
        {
            if (Head.Status is 100 or 102 or 103) Head = null;
            else Head.IsWhole = true;
            return;
        }

        var colon = text.IndexOf((byte)':');
        if (colon < 1) return;
        var name = text[..colon];
        if (isResponse && Ascii.EqualsIgnoreCase(name, "strict-transport-security"u8)) Head.HasStrictTransportSecurity = true;
        if (isResponse && Ascii.EqualsIgnoreCase(name, "alt-svc"u8)) Head.OffersHttp3 |= HttpHead.IsHttp3Offer(Encoding.Latin1.GetString(text[(colon + 1)..]));
        if (!isResponse && Head.Authority is null && !isOverlong && Ascii.EqualsIgnoreCase(name, "host"u8))
        {
            var host = text[(colon + 1)..].Trim(" \t"u8);
            if (host.Length is > 0 and <= MaxHost) Head.Authority = Encoding.Latin1.GetString(host);
        }
    }

    // Servers refuse longer lines: Apache 8,190 bytes, nginx 8 KiB.
    private const int MaxLine = 16 * 1024;
    private const int UsualLine = 128;

    private const int MaxHead = 64 * 1024;

    // A name of 253 characters and a port.
    private const int MaxHost = 260;
}
