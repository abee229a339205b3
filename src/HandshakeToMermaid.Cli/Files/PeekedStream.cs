namespace HandshakeToMermaid.Cli.Files;

/// <summary>A pipe whose first bytes were looked at, and are read again.</summary>
internal sealed class PeekedStream(Stream inner) : Stream
{
    private readonly byte[] start = new byte[64];
    private Task<int>? begun;
    private int given;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The first bytes that came; empty where the pipe has none, fails, or the wait for it was given up.</summary>
    public ReadOnlySpan<byte> Peek(CancellationToken cancellation)
    {
        try
        {
            Begin().Wait(cancellation);
            return start.AsSpan(0, Begin().Result);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // Whoever reads it says what is wrong.
            return [];
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var left = start.AsSpan(0, Begin().GetAwaiter().GetResult())[given..];
        if (left.Length == 0) return inner.Read(buffer);
        left = left[..Math.Min(left.Length, buffer.Length)];
        left.CopyTo(buffer);
        given += left.Length;
        return left.Length;
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
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private Task<int> Begin() => begun ??= Task.Run(() => inner.Read(start));
}
