using System.Text;
using System.Text.Unicode;
using HandshakeToMermaid.Protocols.Tls.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Messages;

/// <summary>Wire bytes kept and shown: slices of a message's own array instead of copies, and names as they were sent.</summary>
internal static class WireText
{
    /// <summary>The place in <paramref name="body"/> of the bytes that <paramref name="reader"/> took last.</summary>
    public static ReadOnlyMemory<byte> Keep(this ref WireReader reader, ReadOnlyMemory<byte> body, ReadOnlySpan<byte> taken) =>
        body.Slice(reader.Offset - taken.Length, taken.Length);

    /// <summary>A name as text: UTF-8 where it is valid, else one character per byte, so that nothing is lost.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>Reads the cipher suites of a ClientHello.</summary>
    public static CipherSuite[] Suites(this ref WireReader reader, ReadOnlyMemory<byte> body, DecodedParts? parts)
    {
        var bytes = reader.U16("cipher_suites");
        if (parts is null || bytes % 2 != 0) return reader.Codes16(bytes, "cipher_suites", static c => new CipherSuite(c));
        return parts.Suites(reader.Keep(body, reader.Take(bytes, "cipher_suites")));
    }

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

    /// <summary>A length for people: 412 B, 3.9 kB.</summary>
    public static string Size(long bytes) => bytes < 1000 ? $"{bytes} B" : bytes < 1_000_000 ? $"{bytes / 1000.0:0.0} kB" : $"{bytes / 1_000_000.0:0.0} MB";
}
