namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Reads TCP options (RFC 9293 section 3.1): kind, length including both, value; kinds 0 and 1 stand alone.
/// Only the maximum segment size (kind 2, section 3.7.1) is read.
/// </summary>
internal static class TcpOptions
{
    /// <summary>The maximum segment size in bytes; 0 where none is offered.</summary>
    public static int MaximumSegmentSize(ReadOnlySpan<byte> options)
    {
        while (options.Length > 0 && options[0] != EndOfList)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length) return 0;
            if (options[0] == SegmentSize && options[1] == 4) return (options[2] << 8) | options[3];
            options = options[options[1]..];
        }

        return 0;
    }

    private const byte EndOfList = 0;
    private const byte NoOperation = 1;
    private const byte SegmentSize = 2;
}
