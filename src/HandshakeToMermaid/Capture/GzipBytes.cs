using System.IO.Compression;

namespace HandshakeToMermaid.Capture;

/// <summary>
/// What gzip data (RFC 1952, several members too) unpacks to, up to the first byte that cannot be unpacked; then an
/// <see cref="InvalidDataException"/> whose message is a clause that gives the reason.
/// </summary>
internal sealed class GzipBytes : Stream
{
    // The unpacker forgets the output of the call that meets an error, so that no call may ask for much.
    private const int Portion = 4096;

    // What stands where no byte was unpacked to.
    private const byte Unlikely = 0xA5;

    private readonly ReadBuffer packed;
    private GzipFeed feed;
    private GZipStream unpacker;
    private long unpacked;
    private byte[] rescued = [];
    private int rescuedTaken;
    private string? fault;
    private bool ended;

    public GzipBytes(ReadBuffer packed)
    {
        this.packed = packed;
        feed = new GzipFeed(packed);
        unpacker = new GZipStream(feed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => unpacked;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || ended) return 0;
        if (fault is not null) return ReadRescued(buffer);
        try
        {
            var read = unpacker.Read(buffer[..Math.Min(buffer.Length, Portion)]);
            unpacked += read;
            if (read > 0) return read;
        }
        catch (InvalidDataException)
        {
            fault = "the gzip data is corrupt";
            rescued = Rescue();
            return ReadRescued(buffer);
        }

        ended = true;
        if (packed.Fault is { } cause) throw new InvalidDataException(cause);
        if (!feed.EndedWithMember(unpacker)) throw new InvalidDataException("the gzip data is cut off, or something else follows it");
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacker.Dispose();
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadRescued(Span<byte> buffer)
    {
        var left = rescued.AsSpan(rescuedTaken);
        if (left.IsEmpty) throw new InvalidDataException(fault);
        var read = Math.Min(left.Length, buffer.Length);
        left[..read].CopyTo(buffer);
        rescuedTaken += read;
        return read;
    }

    /// <summary>
    /// What the failed call would have unpacked before it met the error: unpacks the file once more and asks for
    /// single bytes where it failed. A pipe cannot be read again and loses up to a portion.
    /// </summary>
    private byte[] Rescue()
    {
        if (!packed.TryRewind()) return [];
        unpacker.Dispose();
        feed = new GzipFeed(packed);
        unpacker = new GZipStream(feed, CompressionMode.Decompress);
        var portion = new byte[Portion];
        var found = 0;
        try
        {
            for (var left = unpacked; left > 0;)
            {
                var read = unpacker.Read(portion.AsSpan(0, (int)Math.Min(left, Portion)));
                if (read == 0) return [];
                left -= read;
            }

            for (; found < Portion; found++)
            {
                portion[found] = Unlikely;
                if (unpacker.Read(portion.AsSpan(found, 1)) == 0) break;
            }
        }
        catch (InvalidDataException)
        {
            // A wrong checksum is met in the same call as the last byte, which then is in its place all the same.
            if (found < Portion && portion[found] != Unlikely) found++;
        }

        return portion[..found];
    }
}
