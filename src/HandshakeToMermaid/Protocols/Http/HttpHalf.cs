using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>One direction: finds out from its first bytes which HTTP it speaks and which end sends it.</summary>
internal sealed class HttpHalf
{
    private readonly byte[] start = new byte[Preface.Length];
    private int startLength;

    /// <summary>The reader, once the kind is known.</summary>
    public HttpReader? Reader { get; private set; }

    /// <summary>True once it is known that this end sends requests, false for responses.</summary>
    public bool? IsClient { get; set; }

    /// <summary>True once HTTP/2 was recognised.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>True where the bytes are no HTTP at all, or bytes were lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>True where a TLS alert stands at the start.</summary>
    public bool IsTlsAlert { get; private set; }

    /// <summary>The frame of the first byte.</summary>
    public FrameMark First { get; private set; }

    /// <summary>The latest frame that held some of it so far.</summary>
    public FrameMark Last { get; private set; }

    /// <summary>The frame in which the head's first line was complete.</summary>
    public FrameMark HeadAt { get; set; }

    /// <summary>True once its request or response was handed on.</summary>
    public bool IsReported { get; set; }

    /// <summary>What is looked for in the body of an error page; null where there is nothing to look for.</summary>
    public PhraseSearch? Body { get; set; }

    /// <summary>True where nothing more is wanted.</summary>
    public bool IsDone => IsLost || (IsReported && Body is null or { IsDone: true });

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">The next bytes.</param>
    /// <param name="mark">Their frame.</param>
    /// <param name="peerSpeaksHttp2">True where the other end is known to speak HTTP/2.</param>
    public void Feed(ReadOnlySpan<byte> bytes, FrameMark mark, bool peerSpeaksHttp2)
    {
        if (!First.IsSet) First = mark;
        Last = FrameMark.Latest(Last, mark);
        if (Reader is null)
        {
            var part = Math.Min(bytes.Length, start.Length - startLength);
            bytes[..part].CopyTo(start.AsSpan(startLength));
            startLength += part;
            bytes = bytes[part..];
            if (!TryRecognise(start.AsSpan(0, startLength), peerSpeaksHttp2)) return;
            if (!(IsHttp2 && IsClient == true)) Reader!.Feed(start.AsSpan(0, startLength));
        }

        if (!Reader!.IsDone) Reader.Feed(bytes);
    }

    private bool TryRecognise(ReadOnlySpan<byte> bytes, bool peerSpeaksHttp2)
    {
        var known = Math.Min(bytes.Length, Preface.Length);
        if (IsClient != false && bytes[..known].SequenceEqual(Preface[..known]))
        {
            if (known < Preface.Length) return false;
            return Set(isClient: true, isHttp2: true);
        }

        if (IsClient != true)
        {
            if (bytes is [0x15, 0x03, ..])
            {
                IsTlsAlert = true;
                IsLost = true;
                return false;
            }

            var status = Math.Min(bytes.Length, 5);
            if (bytes[..status].SequenceEqual("HTTP/"u8[..status])) return status == 5 && Set(isClient: false, isHttp2: false);

            // A server's connection preface is a SETTINGS frame on stream 0 (RFC 9113 section 3.4).
            if (bytes.Length < 9 && (bytes[0] == 0 || peerSpeaksHttp2)) return false;
            if (bytes.Length >= 9 && bytes is [0, _, _, 4, 0, 0, 0, 0, 0, ..]) return Set(isClient: false, isHttp2: true);
        }

        if (IsClient != false)
        {
            var space = bytes.IndexOf((byte)' ');
            var method = space < 0 ? bytes : bytes[..space];
            if (IsMethod(method)) return space > 0 && Set(isClient: true, isHttp2: false);
            // Empty lines before a request are legal.
            if (!bytes.ContainsAnyExcept((byte)'\r', (byte)'\n')) return bytes.Length == start.Length && Set(isClient: true, isHttp2: false);
        }

        IsLost = true;
        return false;
    }

    private bool Set(bool isClient, bool isHttp2)
    {
        IsClient = isClient;
        IsHttp2 = isHttp2;
        Reader = isHttp2 ? new Http2Reader(!isClient) : new Http1Reader(!isClient);
        return true;
    }

    private static bool IsMethod(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!HttpStartLine.IsToken(letter)) return false;
        }

        return text.Length > 0;
    }

    internal static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;
}
