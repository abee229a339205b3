using System.IO.Compression;

namespace HandshakeToMermaid.Capture;

/// <summary>
/// Hands gzip data to the unpacker. GZipStream takes the end of its input for the end of the data even in the middle
/// of a member (its strictness is a process-wide switch), so that the end is put to the proof: one more small member is
/// fed, and only an unpacker that stood between two members gives back its content.
/// </summary>
internal sealed class GzipFeed : Stream
{
    private static readonly byte[] VerificationContent = "the member before this one was whole"u8.ToArray();

    private readonly ReadBuffer packed;
    private byte[] verification = [];
    private int proofTaken;

    public GzipFeed(ReadBuffer packed)
    {
        this.packed = packed;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => packed.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>Once <paramref name="unpacker"/> gives no more bytes: whether that is where the data ends rightly.</summary>
    public bool EndedWithMember(GZipStream unpacker)
    {
        verification = Pack(VerificationContent);
        Span<byte> content = stackalloc byte[VerificationContent.Length];
        try
        {
            return unpacker.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && content.SequenceEqual(VerificationContent);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (packed.Available == 0 && !packed.Fill(1)) return ReadVerification(buffer);
        var read = Math.Min(packed.Available, buffer.Length);
        packed.Span[..read].CopyTo(buffer);
        packed.Take(read);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack(ReadOnlySpan<byte> content)
    {
        var member = new MemoryStream();
        using (var packer = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true)) packer.Write(content);
        return member.ToArray();
    }

    private int ReadVerification(Span<byte> buffer)
    {
        var left = verification.AsSpan(proofTaken);
        var read = Math.Min(left.Length, buffer.Length);
        left[..read].CopyTo(buffer);
        proofTaken += read;
        return read;
    }
}
