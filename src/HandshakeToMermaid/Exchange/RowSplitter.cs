using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Exchange;

/// <summary>
/// Cuts the objects out of JSON lines, or out of an array of objects (RFC 8259), as they come: only one is held at a time, and only braces and
/// strings are looked at.
/// </summary>
/// <param name="stream">The text, at its start; UTF-8, a byte order mark may precede it.</param>
/// <param name="limits">How large an object may be.</param>
internal sealed class RowSplitter(Stream stream, AnalyzerLimits limits)
{
    private readonly byte[] read = new byte[64 * 1024];
    private readonly MemoryStream row = new();
    private int at;
    private int end;
    private bool isArray;
    private bool isOver;
    private long offset;

    /// <summary>The line in which the last object began, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The next object; null behind the last one. Valid until the next call.</summary>
    /// <exception cref="RowException">What follows is no object, ends inside one or is too large.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        Line += linesOfRow;
        linesOfRow = 0;
        while (Peek() is { } sign)
        {
            if (isOver && !IsSpace(sign)) throw new RowException("something follows the end of the array");
            if (sign == '{') return Object();
            if (sign == '[' && !isArray) isArray = true;
            else if (sign == ']' && isArray) isOver = true;
            else if (!IsSpace(sign) && !(sign == ',' && isArray) && !(offset < ByteOrderMark.Length && sign == ByteOrderMark[(int)offset])) throw new RowException("this is no JSON object");
            if (sign == '\n') Line++;
            Skip();
        }

        return isArray && !isOver ? throw new RowException("the array has no end") : null;
    }

    private ReadOnlyMemory<byte> Object()
    {
        row.SetLength(0);
        var (depth, isText, isEscaped) = (0, false, false);
        while (Peek() is { } sign)
        {
            if (row.Length >= limits.RowBytes) throw new RowException($"the row is larger than {limits.RowBytes / 1024} KiB");
            row.WriteByte(sign);
            Skip();
            if (sign == '\n') linesOfRow++;
            if (isEscaped) isEscaped = false;
            else if (isText && sign == '\\') isEscaped = true;
            else if (sign == '"') isText = !isText;
            else if (!isText && sign == '{') depth++;
            else if (!isText && sign == '}' && --depth == 0) return row.GetBuffer().AsMemory(0, (int)row.Length);
        }

        throw new RowException("the text ends inside this row");
    }

    private byte? Peek()
    {
        if (at < end) return read[at];
        (at, end) = (0, stream.Read(read));
        return end == 0 ? null : read[0];
    }

    private void Skip()
    {
        at++;
        offset++;
    }

    private static bool IsSpace(byte sign) => sign is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private long linesOfRow;
}
