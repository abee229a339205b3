using HandshakeToMermaid.Capture.Pcap;
using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.Files;

/// <summary>Finds out by a capture's first bytes, never by its name, how it is read.</summary>
internal static class CaptureOpener
{
    /// <summary>
    /// Opens the capture in a stream, which it owns from now on. Null and a reason where it is none, cannot be read, or is cut off
    /// inside its header.
    /// </summary>
    public static CaptureReader? TryOpen(Stream stream, string name, AnalyzerLimits limits, CaptureNotes notes, int bufferSize, out OpenFailure failure, CancellationToken cancellation = default)
    {
        long? total = stream.CanSeek ? stream.Length : null;
        var raw = new ReadBuffer(stream, FittingSize(bufferSize, total), cancellation);
        var bytes = raw;
        if (raw.Fill(2) && raw.Span[0] == 0x1F && raw.Span[1] == 0x8B) bytes = new ReadBuffer(new GzipBytes(raw), Math.Min(bufferSize, UnpackedSize), cancellation);

        if (bufferSize >= ReadBuffer.UsualSize) bytes.ReadOnward();
        var reader = TryRecognise(bytes, new CaptureOrigin(name, raw, total), limits, notes, out failure);
        if (reader is null) bytes.Dispose();
        return reader;
    }

    private static CaptureReader? TryRecognise(ReadBuffer bytes, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes, out OpenFailure failure)
    {
        var hasMagic = bytes.Fill(MagicLength);
        if (hasMagic && PcapHeader.Begins(bytes.Span)) return PcapReader.TryOpen(bytes, origin, limits, notes, out failure);
        if (hasMagic && SectionHeaderBlock.Begins(bytes.Span)) return PcapNgReader.TryOpen(bytes, origin, limits, notes, out failure);
        failure = Refuse(bytes, origin);
        return null;
    }

    private static OpenFailure Refuse(ReadBuffer bytes, CaptureOrigin origin)
    {
        if (bytes.Fault is { } fault) return new OpenFailure(OpenFailureKind.Unreadable, $"cannot be read: {fault}");
        var inside = ReferenceEquals(bytes, origin.Raw) ? "" : " inside the gzip";
        if (bytes.Available == 0) return new OpenFailure(OpenFailureKind.CutOff, $"is empty{inside}: it has no capture header");
        if (bytes.Available >= MagicLength && PcapHeader.BeginsRelative(bytes.Span)) return new OpenFailure(OpenFailureKind.Unreadable, "is in an unsupported variant of pcap; editcap -F pcap converts it");
        if (bytes.Span.StartsWith(Zstandard)) return new OpenFailure(OpenFailureKind.NotACapture, $"is compressed with zstd, which is not read: zstd -dc {QuotedFor(origin.Name)} | h2m convert - reads it");
        if (OtherFormat(bytes) is { } format) return new OpenFailure(OpenFailureKind.NotACapture, $"is a {format} file, which is not read: editcap -F pcap {QuotedFor(origin.Name)} capture.pcap converts it");
        var packer = Packer(bytes.Span);
        if (packer is not null) return new OpenFailure(OpenFailureKind.NotACapture, $"is compressed with {packer}: decompress it first; pcap and pcapng are read, with or without gzip");
        var begin = Convert.ToHexStringLower(bytes.Span[..Math.Min(MagicLength, bytes.Available)]);
        var spaced = string.Join(' ', Enumerable.Range(0, begin.Length / 2).Select(i => begin.Substring(2 * i, 2)));
        return new OpenFailure(OpenFailureKind.NotACapture, $"is not a capture: it begins with {spaced}{inside}; pcap and pcapng are read, with or without gzip");
    }

    private static string? Packer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Xz)) return "xz";
        if (bytes.StartsWith(Lz4)) return "lz4";
        if (bytes.StartsWith("BZh"u8)) return "bzip2";
        return bytes.StartsWith("PK"u8) ? "zip" : null;
    }

    /// <summary>Captures of other programs: snoop (RFC 1761) and Microsoft Network Monitor 1 and 2. Null for anything else.</summary>
    private static string? OtherFormat(ReadBuffer bytes)
    {
        if (bytes.Fill(8) && bytes.Span.StartsWith("snoop\0\0\0"u8)) return "snoop";
        return bytes.Span.StartsWith("GMBU"u8) || bytes.Span.StartsWith("RTSS"u8) ? "Microsoft Network Monitor" : null;
    }

    /// <summary>A name as a shell takes it.</summary>
    private static string QuotedFor(string name) =>
        name.AsSpan().ContainsAnyExcept(PlainInShell) ? $"'{name.Replace("'", @"'\''", StringComparison.Ordinal)}'" : name;

    private static readonly System.Buffers.SearchValues<char> PlainInShell = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:@%,");

    /// <summary>A small file needs no more room than itself, and one byte to find its end.</summary>
    private static int FittingSize(int size, long? total) => total is { } known ? (int)Math.Clamp(known + 1, SmallestBuffer, size) : size;

    private static ReadOnlySpan<byte> Zstandard => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> Xz => [0xFD, 0x37, 0x7A, 0x58];

    private static ReadOnlySpan<byte> Lz4 => [0x04, 0x22, 0x4D, 0x18];

    private const int MagicLength = 4;
    private const int SmallestBuffer = 4096;

    // Unpacking is the slow part there: a larger buffer gains nothing.
    private const int UnpackedSize = 64 * 1024;
}
