using System.Text;
using System.Text.Unicode;

namespace HandshakeToMermaid.Wire;

/// <summary>Slices of a message's own array instead of copies, lists of codes, and names as they were sent.</summary>
internal static class WireText
{
    /// <summary>The place in <paramref name="body"/> of the bytes that <paramref name="reader"/> took last.</summary>
    public static ReadOnlyMemory<byte> Keep(this ref WireReader reader, ReadOnlyMemory<byte> body, ReadOnlySpan<byte> taken) =>
        body.Slice(reader.Offset - taken.Length, taken.Length);

    /// <summary>A name as text: UTF-8 where it is valid, else one character per byte, so that nothing is lost.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>Reads a list of 16-bit codes that fills <paramref name="bytes"/> bytes.</summary>
    public static T[] Codes16<T>(this ref WireReader reader, int bytes, string field, Func<ushort, T> make)
    {
        if (bytes % 2 != 0) reader.Fail(FaultKind.BadValue, field);
        var taken = reader.Take(bytes, field);
        var codes = new T[taken.Length / 2];
        for (var i = 0; i < codes.Length; i++) codes[i] = make((ushort)((taken[2 * i] << 8) | taken[(2 * i) + 1]));
        return codes;
    }

    /// <summary>Reads a list of 8-bit codes that fills <paramref name="bytes"/> bytes.</summary>
    public static T[] Codes8<T>(this ref WireReader reader, int bytes, string field, Func<byte, T> make)
    {
        var taken = reader.Take(bytes, field);
        var codes = new T[taken.Length];
        for (var i = 0; i < codes.Length; i++) codes[i] = make(taken[i]);
        return codes;
    }
}
