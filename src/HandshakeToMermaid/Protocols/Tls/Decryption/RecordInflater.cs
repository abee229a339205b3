using System.IO.Compression;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Decompresses the records of one direction under one set of keys (DEFLATE, RFC 3749): all of them are one zlib stream, so that none can be read
/// without those before it. A record gives at most 2^14 bytes, whatever it was compressed from.
/// </summary>
internal sealed class RecordInflater : IDisposable
{
    private readonly FedStream fed = new();
    private readonly ZLibStream stream;
    private readonly byte[] output = new byte[MaxContent + 1];
    private ulong next;

    /// <summary>Begins a stream.</summary>
    public RecordInflater() => stream = new ZLibStream(fed, CompressionMode.Decompress);

    /// <summary>The method's number among those of RFC 3749.</summary>
    public const byte Deflate = 1;

    /// <summary>Why nothing more can be read; null while everything could.</summary>
    public string? Why { get; private set; }

    /// <summary>Decompresses a record.</summary>
    /// <param name="sequence">Its number under these keys.</param>
    /// <param name="compressed">Its decrypted content.</param>
    /// <param name="content">What it was, valid until the next call.</param>
    /// <returns>False where it cannot be read, and then none after it: see <see cref="Why"/>.</returns>
    public bool TryInflate(ulong sequence, ReadOnlySpan<byte> compressed, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (Why is null && sequence != next) Why = "its records are compressed, and one before them is missing";
        if (Why is not null) return false;
        next = sequence + 1;
        fed.Feed(compressed);
        try
        {
            var length = 0;
            int read;
            while (length < output.Length && (read = stream.Read(output, length, output.Length - length)) > 0) length += read;
            if (length > MaxContent) Why = "a compressed record holds more than 16,384 bytes";
            else if (fed.HasMore) Why = Broken;
            content = Why is null ? output.AsSpan(0, length) : default;
        }
        catch (InvalidDataException)
        {
            Why = Broken;
        }

        return Why is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        output.AsSpan().Clear();
        stream.Dispose();
        fed.Dispose();
    }

    private const string Broken = "a compressed record is damaged";

    // RFC 3749 section 2: what decompresses to more is a fault of the peer.
    private const int MaxContent = 1 << 14;
}
