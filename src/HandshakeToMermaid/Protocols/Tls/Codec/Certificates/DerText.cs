using System.Numerics;
using System.Text;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>The contents of ASN.1 values as text. None of it refuses anything: what reads as nothing else is shown in hex.</summary>
internal static class DerText
{
    /// <summary>Dotted decimal (X.690 section 8.19).</summary>
    public static string ObjectIdentifier(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > LongestIdentifier || (content[^1] & 0x80) != 0) return $"#{Convert.ToHexStringLower(Start(content))}";
        var text = new StringBuilder();
        while (!content.IsEmpty)
        {
            var length = 1;
            while ((content[length - 1] & 0x80) != 0) length++;
            var isFirst = text.Length == 0;
            if (length > LongestShortArc)
            {
                AppendLong(text, content[..length], isFirst);
            }
            else
            {
                var arc = 0ul;
                foreach (var b in content[..length]) arc = (arc << 7) | (b & 0x7Fu);
                var top = Math.Min(arc / 40, 2);
                if (isFirst) text.Append(top).Append('.').Append(arc - (top * 40));
                else text.Append('.').Append(arc);
            }

            content = content[length..];
        }

        return text.ToString();
    }

    /// <summary>An arc beyond 64 bits, such as those made of UUIDs (X.667 section 6.3).</summary>
    private static void AppendLong(StringBuilder text, ReadOnlySpan<byte> groups, bool isFirst)
    {
        var arc = BigInteger.Zero;
        foreach (var b in groups) arc = (arc << 7) | (b & 0x7F);
        if (isFirst) text.Append('2').Append('.').Append(arc - 80);
        else text.Append('.').Append(arc);
    }

    /// <summary>An INTEGER in lower hex without leading zeros, "-" before a negative one.</summary>
    public static string HexInteger(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return "";
        if (content[0] < 0x80) return Digits(content);
        return "-" + Digits((-new BigInteger(content, isUnsigned: false, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>A small unsigned number; int.MaxValue for a larger one.</summary>
    public static int Number(ReadOnlySpan<byte> content)
    {
        long number = 0;
        foreach (var b in content)
        {
            number = (number << 8) | b;
            if (number > int.MaxValue) return int.MaxValue;
        }

        return (int)number;
    }

    /// <summary>A BOOLEAN; false where it is empty.</summary>
    public static bool IsTrue(ReadOnlySpan<byte> content) => content.Length > 0 && content[0] != 0;

    /// <summary>Bits of an unsigned number.</summary>
    public static int Bits(ReadOnlySpan<byte> content)
    {
        content = content.TrimStart((byte)0);
        return content.IsEmpty ? 0 : content.Length * 8 - BitOperations.LeadingZeroCount(content[0]) + 24;
    }

    /// <summary>
    /// A DirectoryString. Teletex and the other eight-bit types are read as Latin-1, which is what their users wrote;
    /// UTF-8 and UTF-16 that is none shows replacement characters.
    /// </summary>
    public static string Directory(byte tag, ReadOnlySpan<byte> content) => tag switch
    {
        DerTag.Utf8String => Encoding.UTF8.GetString(content),
        DerTag.BmpString => Encoding.BigEndianUnicode.GetString(content),
        DerTag.UniversalString => BigEndianUtf32.GetString(content),
        _ => Encoding.Latin1.GetString(content),
    };

    private static string Digits(ReadOnlySpan<byte> magnitude)
    {
        var digits = Convert.ToHexStringLower(magnitude).TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }

    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, LongestIdentifier)];

    private static readonly Encoding BigEndianUtf32 = new UTF32Encoding(bigEndian: true, byteOrderMark: false);

    /// <summary>Groups of seven bits that fit 64.</summary>
    private const int LongestShortArc = 9;

    // No identifier in use comes near; without a bound a hostile one would be megabytes of text.
    private const int LongestIdentifier = 64;
}
