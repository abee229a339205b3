namespace HandshakeToMermaid.Cli.Output;

/// <summary>Standard output, which notes while a write waits for its reader: nothing can be written then, however long it is waited.</summary>
internal sealed class StandardOutput : Stream
{
    private static long waitingSince = long.MaxValue;
    private readonly Stream stream = Console.OpenStandardOutput();

    /// <summary>Milliseconds for which a write has been waiting; zero or less where none is.</summary>
    public static long Waiting => Environment.TickCount64 - Volatile.Read(ref waitingSince);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Volatile.Write(ref waitingSince, Environment.TickCount64);
        try
        {
            stream.Write(buffer);
        }
        finally
        {
            Volatile.Write(ref waitingSince, long.MaxValue);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }
}
