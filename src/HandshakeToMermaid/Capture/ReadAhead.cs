namespace HandshakeToMermaid.Capture;

/// <summary>
/// Reads a stream on a thread of its own, a few chunks ahead of who takes them: while one core looks at frames, the other
/// fetches the next ones, or unpacks them. Chunks come in order, each with room before it for what was left of the one before.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    private readonly Stream stream;
    private readonly bool fillsWhole;
    private readonly Chunk[] chunks = new Chunk[Ahead];
    private readonly SemaphoreSlim free = new(Ahead - 1);
    private readonly SemaphoreSlim filled = new(0);
    private volatile bool isOver;
    private int next;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The stream to read; the caller must not read it any more.</param>
    /// <param name="fillsWhole">True to hand out full chunks only, for a stream that gives little at a time.</param>
    public ReadAhead(Stream stream, bool fillsWhole)
    {
        this.stream = stream;
        this.fillsWhole = fillsWhole;
        for (var i = 0; i < Ahead; i++) chunks[i] = new Chunk(GC.AllocateUninitializedArray<byte>(Room + ChunkSize));
        new Thread(Run) { IsBackground = true, Name = "capture" }.Start();
    }

    /// <summary>Waits for the next chunk; the one taken before may be overwritten from the next call on. Null where the wait was cancelled.</summary>
    public Chunk? Take(CancellationToken cancellation)
    {
        try
        {
            filled.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        var chunk = chunks[next];
        next = (next + 1) % Ahead;
        return chunk;
    }

    /// <summary>Gives back the chunk that was taken before the latest.</summary>
    public void Release() => free.Release();

    public void Dispose()
    {
        isOver = true;
        free.Release();
        stream.Dispose();
    }

    private void Run()
    {
        for (var at = 0; ; at = (at + 1) % Ahead)
        {
            free.Wait();
            if (isOver) return;
            var chunk = chunks[at];
            chunk.Fill(stream, fillsWhole);
            var isLast = chunk.IsLast;
            filled.Release();
            if (isLast) return;
        }
    }

    /// <summary>Bytes before a chunk's own that its taker may write to: frames of usual snap lengths fit.</summary>
    public const int Room = 64 * 1024;

    private const int ChunkSize = 256 * 1024;

    /// <summary>One that is looked at, one that waits, one that is filled.</summary>
    private const int Ahead = 3;

    /// <summary>A piece of the stream.</summary>
    internal sealed class Chunk(byte[] bytes)
    {
        /// <summary>The array: its own bytes begin at <see cref="Room"/>.</summary>
        public byte[] Bytes { get; } = bytes;

        /// <summary>How many of its own there are.</summary>
        public int Length { get; private set; }

        /// <summary>Why the stream could not be read on; null where it could, or simply ended.</summary>
        public Exception? Fault { get; private set; }

        /// <summary>True where nothing comes behind it.</summary>
        public bool IsLast { get; private set; }

        public void Fill(Stream stream, bool isWhole)
        {
            Length = 0;
            try
            {
                do
                {
                    var read = stream.Read(Bytes.AsSpan(Room + Length));
                    Length += read;
                    IsLast = read <= 0;
                }
                while (isWhole && !IsLast && Length < ChunkSize);
            }
            catch (Exception e)
            {
                // Any exception is reported when the chunk is consumed.
                Fault = e;
                IsLast = true;
            }
        }
    }
}
