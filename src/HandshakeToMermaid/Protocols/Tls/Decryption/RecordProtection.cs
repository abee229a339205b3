using System.Buffers;
using System.Diagnostics;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Decrypts the records of one direction under one key. Sequence numbers and key changes are the caller's
/// (<see cref="RecordDecryptor"/> for TLS over TCP). A record that cannot be decrypted leaves the state unchanged, so another key
/// or number can be tried. Nothing here runs in constant time: no peer learns how a record failed.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal abstract class RecordProtection : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[] buffer = [];

    /// <summary>True where what is decrypted is compressed, and may be longer than a record's content.</summary>
    public bool IsCompressed { get; set; }

    /// <summary>Decrypts a record.</summary>
    /// <param name="sequence">Its number; DTLS puts the epoch into the upper 16 bits.</param>
    /// <param name="contentType">The content type in its header.</param>
    /// <param name="version">The version in its header.</param>
    /// <param name="fragment">What follows the header.</param>
    /// <param name="innerType">The content type; TLS 1.3 hides it inside the record.</param>
    /// <param name="content">The plaintext, valid until the next record is decrypted.</param>
    /// <param name="fault">Why it could not be decrypted.</param>
    public bool TryOpen(ulong sequence, byte contentType, ushort version, scoped ReadOnlySpan<byte> fragment, out byte innerType, out ReadOnlySpan<byte> content, out RecordFault fault)
    {
        innerType = contentType;
        content = default;
        if (fragment.Length > MaxFragment)
        {
            fault = RecordFault.TooLong;
            return false;
        }

        if (buffer.Length < fragment.Length)
        {
            Release();
            buffer = ArrayPool<byte>.Shared.Rent(Math.Max(fragment.Length, 128));
        }

        fault = Open(sequence, ref innerType, version, fragment, buffer, out var start, out var length);
        if (fault == RecordFault.None && length > (IsCompressed ? MaxCompressed : MaxContent)) fault = RecordFault.TooLong;
        if (fault != RecordFault.None)
        {
            innerType = contentType;
            return false;
        }

        content = buffer.AsSpan(start, length);
        return true;
    }

    /// <summary>Skips ciphertext that is missing, for protections whose state follows from the preceding bytes.</summary>
    /// <param name="bytes">How long it is.</param>
    /// <param name="tail">Its last bytes, as far as they are known.</param>
    public virtual void Skip(long bytes, ReadOnlySpan<byte> tail)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The kind of protection, never a key.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>Longest fragment: 2^14 + 2048 (RFC 5246 section 6.2.3), 2^14 + 256 in TLS 1.3 (RFC 8446 section 5.2).</summary>
    protected virtual int MaxFragment => (1 << 14) + 2048;

    /// <summary>Decrypts into <paramref name="output"/>, which is at least as long as the fragment.</summary>
    protected abstract RecordFault Open(ulong sequence, ref byte contentType, ushort version, ReadOnlySpan<byte> fragment, Span<byte> output, out int start, out int length);

    /// <summary>Releases the keys.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Gives the buffer back without the plaintext.</summary>
    private void Release()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = [];
    }

    private const int MaxContent = 1 << 14;

    // TLSCompressed (RFC 5246 section 6.2.2).
    private const int MaxCompressed = MaxContent + 1024;
}
