using System.Text;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Hides the words and numbers of a protocol that is not rewritten by its structure, in place: letters become x, digits 0. The words of the protocols
/// themselves stay, so that STARTTLS and a proxy's answer are still understood.
/// </summary>
internal static class TextMask
{
    /// <summary>Masks every run of at least two letters or digits that is none of the known words.</summary>
    public static void Apply(Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var end = at;
            while (end < bytes.Length && char.IsAsciiLetterOrDigit((char)bytes[end])) end++;
            if (end - at >= Shortest && !Words.Contains(Encoding.ASCII.GetString(bytes[at..end]))) Fill(bytes[at..end]);
            at = end + 1;
        }
    }

    /// <summary>Masks every letter and digit.</summary>
    public static void Fill(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
        {
            if (char.IsAsciiDigit((char)one)) one = (byte)'0';
            else if (char.IsAsciiLetter((char)one) || one >= 0x80) one = (byte)'x';
        }
    }

    /// <summary>Commands, answers and extensions of the protocols before TLS, and status codes.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "EHLO", "HELO", "LHLO", "STARTTLS", "STLS", "AUTH", "TLS", "SSL", "ESMTP", "SMTP", "FTP", "IMAP", "IMAP4rev1", "POP3", "NNTP", "CAPABILITY", "CAPA", "FEAT", "QUIT", "LOGOUT", "OK", "NO", "BAD", "BYE", "ERR",
        "PIPELINING", "SIZE", "HELP", "GET", "POST", "HEAD", "PUT", "CONNECT", "OPTIONS", "HTTP", "Host", "PRI", "SM", "SSH", "LANG", "VRFY", "DSN", "CHUNKING", "SMTPUTF8", "8BITMIME",
        "ENHANCEDSTATUSCODES", "200", "201", "204", "211", "214", "220", "221", "234", "250", "301", "302", "304", "334", "382", "400", "401", "403", "404", "407", "421", "431", "450", "454", "483", "500", "501", "502", "503", "504", "530",
        "533", "534", "550", "554", "580", "stream", "features", "starttls", "proceed", "failure", "xml", "version", "xmlns", "required", "jabber", "SFATAL", "VFATAL", "SERROR", "VERROR", "C28000", "C28P01", "C3D000", "C53300", "C57P03", "C08P01", "Mno", "no", "encryption", "off", "client", "server", "xmpp", "etherx", "urn", "ietf", "params", "ns", "tls", "org", "1466", "20037",
    };

    private const int Shortest = 2;
}
