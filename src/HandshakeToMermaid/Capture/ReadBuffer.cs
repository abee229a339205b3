using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace HandshakeToMermaid.Capture;

/// <summary>
/// The one buffer through which a capture is read: filled by plain reads (mapping the file measured two to three
/// times slower), handed out in place, reused from its start. It grows only for a record larger than itself, and
/// only as the record's bytes arrive, so that a length which lies costs nothing.
/// </summary>
internal sealed class ReadBuffer : IDisposable
{
    /// <summary>Large enough that the calls cost nothing, small enough for a core's cache.</summary>
    public const int UsualSize = 512 * 1024;

    private readonly Stream stream;
    private byte[] bytes;
    private int start;
    private int end;
    private bool atEnd;
    private bool mayReadAhead;
    private bool holdsChunk;
    private ReadAhead? ahead;
    private readonly CancellationToken cancellation;

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream; closed with the buffer.</param>
    /// <param name="size">Bytes of the buffer.</param>
    /// <param name="cancellation">Ends the reading, also while a pipe is waited for.</param>
    public ReadBuffer(Stream stream, int size, CancellationToken cancellation = default)
    {
        this.stream = stream;
        this.cancellation = cancellation;
        bytes = GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Bytes that can be taken without reading.</summary>
    public int Available => end - start;

    /// <summary>Where the first of them lies in <see cref="Slice"/>'s terms.</summary>
    public int Start => start;

    /// <summary>The first byte not yet taken; valid until the next <see cref="Fill"/>.</summary>
    public ref byte First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start);
    }

    /// <summary>The bytes that can be taken without reading.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(start, end - start);

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Where the first byte not yet taken lies in the stream.</summary>
    public long Position => BytesRead - Available;

    /// <summary>True where the reading was cancelled: what is missing then is not missing in the capture.</summary>
    public bool IsInterrupted => cancellation.IsCancellationRequested;

    /// <summary>Why the stream could not be read on, as a clause; null where it simply ended.</summary>
    public string? Fault { get; private set; }

    /// <summary>True once the stream gave its last byte.</summary>
    public bool IsAtEnd => atEnd;

    /// <summary>Bytes at an index that <see cref="Start"/> gave; valid until the next <see cref="Fill"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Slice(int from, int length) => new(bytes, from, length);

    /// <summary>Takes bytes that are available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int count) => start += count;

    /// <summary>
    /// Takes a record. Another core has filled the buffer, and the first bytes of the next record come from there while the
    /// frame of this one is looked at: measured, a third of the time of a capture full of data is the wait for them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void TakeRecord(int count)
    {
        start += count;
        if (!Sse.IsSupported) return;
        var next = (byte*)Unsafe.AsPointer(ref First);
        Sse.Prefetch0(next);
        Sse.Prefetch0(next + CacheLine);
    }

    /// <summary>Makes <paramref name="count"/> bytes available, reading what is missing; false where the stream ends before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fill(int count)
    {
        if (Available >= count) return true;
        if (atEnd) return false;
        if (IsInterrupted)
        {
            Abandon();
            return false;
        }

        if (ahead is null && (MayWait || (mayReadAhead && BytesRead >= WorthAThread))) ahead = new ReadAhead(stream, fillsWhole: stream is GzipBytes);
        if (ahead is not null) return FillAhead(count);
        MoveToFront();
        while (end < count)
        {
            if (end == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, Math.Max(count, bytes.Length)));
            if (!ReadMore()) return false;
        }

        return true;
    }

    /// <summary>
    /// From now on the stream is only read forward: a long one is read on a thread of its own, where there is a core for it.
    /// </summary>
    public void ReadOnward() => mayReadAhead = Environment.ProcessorCount > 1 && stream is not MemoryStream;

    /// <summary>Takes <paramref name="count"/> bytes without looking at them; false where the stream ends before.</summary>
    public bool Skip(long count)
    {
        while (count > Available)
        {
            count -= Available;
            start = end;
            if (!Fill(1)) return false;
        }

        start += (int)count;
        return true;
    }

    /// <summary>Gives up what is left: from now on the stream is at its end.</summary>
    public void Abandon()
    {
        start = end;
        atEnd = true;
    }

    /// <summary>Goes back to the first byte; false where the stream is a pipe.</summary>
    public bool TryRewind()
    {
        if (!stream.CanSeek) return false;
        stream.Seek(0, SeekOrigin.Begin);
        start = end = 0;
        BytesRead = 0;
        atEnd = false;
        Fault = null;
        return true;
    }

    public void Dispose()
    {
        if (ahead is null) stream.Dispose();
        else ahead.Dispose();
    }

    /// <summary>A read of a pipe cannot be taken back: it is done by a thread that can be left behind.</summary>
    private bool MayWait => cancellation.CanBeCanceled && !stream.CanSeek && stream is not GzipBytes;

    /// <summary>Goes on in the next chunk, with what is left of this one put before it.</summary>
    private bool FillAhead(int count)
    {
        while (Available < count)
        {
            if (ahead!.Take(cancellation) is not { } chunk)
            {
                Abandon();
                return false;
            }

            var left = Available;
            if (left <= ReadAhead.Room)
            {
                Span.CopyTo(chunk.Bytes.AsSpan(ReadAhead.Room - left));
                if (holdsChunk) ahead.Release();
                (bytes, start, end, holdsChunk) = (chunk.Bytes, ReadAhead.Room - left, ReadAhead.Room + chunk.Length, true);
            }
            else
            {
                // A record longer than the room: it is put together in an array of its own, which grows as its bytes arrive.
                if (holdsChunk || bytes.Length - end < chunk.Length)
                {
                    var own = GC.AllocateUninitializedArray<byte>(left + Math.Max(left, chunk.Length));
                    Span.CopyTo(own);
                    if (holdsChunk) ahead.Release();
                    (bytes, start, end, holdsChunk) = (own, 0, left, false);
                }

                chunk.Bytes.AsSpan(ReadAhead.Room, chunk.Length).CopyTo(bytes.AsSpan(end));
                end += chunk.Length;
                ahead.Release();
            }

            BytesRead += chunk.Length;
            if (chunk.Fault is { } fault) Fault = FaultOf(fault) ?? throw new InvalidOperationException("The capture's stream failed.", fault);
            atEnd = chunk.IsLast;
            if (atEnd) break;
        }

        return Available >= count;
    }

    private void MoveToFront()
    {
        var left = Available;
        if (left > 0 && start > 0) Buffer.BlockCopy(bytes, start, bytes, 0, left);
        start = 0;
        end = left;
    }

    private bool ReadMore()
    {
        try
        {
            var read = stream.Read(bytes.AsSpan(end));
            end += read;
            BytesRead += read;
            atEnd = read <= 0;
        }
        catch (Exception e) when (FaultOf(e) is { } fault)
        {
            Fault = fault;
            atEnd = true;
        }

        return !atEnd;
    }

    /// <summary>What a stream's exception means; null for one that no stream should throw.</summary>
    private static string? FaultOf(Exception e) => e switch
    {
        InvalidDataException => e.Message,
        IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException => $"reading failed ({FileFailure.Reason(e)})",
        _ => null,
    };

    private const int CacheLine = 64;

    /// <summary>Bytes after which a stream is long enough for a thread of its own to pay.</summary>
    private const int WorthAThread = 2 * 1024 * 1024;
}
