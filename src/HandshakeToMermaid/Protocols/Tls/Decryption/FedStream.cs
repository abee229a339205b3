namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>A stream of what it was last given; it says that it is at its end until it is given more.</summary>
internal sealed class FedStream : Stream
{
    private byte[] bytes = [];
    private int length;
    private int at;

    /// <summary>True where not everything was read.</summary>
    public bool HasMore => at < length;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not known.</summary>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Gives it a copy of the next bytes in place of those before.</summary>
    public void Feed(ReadOnlySpan<byte> next)
    {
        if (bytes.Length < next.Length) bytes = new byte[next.Length];
        next.CopyTo(bytes);
        (length, at) = (next.Length, 0);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = Math.Min(buffer.Length, length - at);
        bytes.AsSpan(at, read).CopyTo(buffer);
        at += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bytes.AsSpan().Clear();
        base.Dispose(disposing);
    }
}
