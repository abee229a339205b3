using System.Buffers.Binary;
using System.IO.Compression;

namespace HandshakeToMermaid.Cli.Tests.Png;

/// <summary>Just enough of a PNG (8 bits, RGB or RGBA, not interlaced) to tell a picture from a blank page.</summary>
internal sealed class PngPicture
{
    private readonly byte[] rows;
    private readonly int channels;

    private PngPicture(int width, int height, int channels, byte[] rows)
    {
        (Width, Height) = (width, height);
        this.channels = channels;
        this.rows = rows;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Reads one.</summary>
    public static PngPicture Of(byte[] png)
    {
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) packed.Write(png, at + 8, length);
            at += length + 12;
        }

        packed.Position = 0;
        using var plain = new MemoryStream();
        new ZLibStream(packed, CompressionMode.Decompress).CopyTo(plain);
        return new PngPicture(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[25] == 6 ? 4 : 3, plain.ToArray());
    }

    /// <summary>How many different pixels there are in some rows, before the filters are undone: a blank area has two at most, the first and the rest.</summary>
    public int ColorsOf(int top, int bottom)
    {
        var colors = new HashSet<int>();
        var stride = (Width * channels) + 1;
        for (var y = top; y < bottom; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var at = (y * stride) + 1 + (x * channels);
                colors.Add((rows[at] << 16) | (rows[at + 1] << 8) | rows[at + 2]);
            }
        }

        return colors.Count;
    }
}
