using System.Collections;
using System.Reflection;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec;

/// <summary>What was decoded, as one line: each property that is not empty, zero or false, and each that may be absent and is not. Bytes are in hex, <c>5a*32</c> for 32 equal ones.</summary>
internal static class Decoded
{
    public static string Text(object decoded, params string[] without)
    {
        var properties = decoded.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.GetIndexParameters().Length == 0 && p.Name is not ("Data" or "Der" or "EqualityContract") && !without.Contains(p.Name));
        var lines = properties.Select(p => (p.Name, Text: Nullable.GetUnderlyingType(p.PropertyType) is null ? Value(p.GetValue(decoded)) : Optional(p.GetValue(decoded)))).Where(p => p.Text.Length > 0).Select(p => $"{p.Name}={p.Text}").ToList();
        var fault = decoded switch { HandshakeMessage message => message.Fault, Extension extension => extension.Fault, _ => default };
        if (fault.IsFault) lines.Add($"({fault})");
        return string.Join(' ', lines);
    }

    /// <summary>Bytes written as <see cref="Text"/> writes them; spaces separate fields, <c>[2 a1 a2]</c> is a vector with a length of two bytes.</summary>
    public static byte[] Bytes(string hex)
    {
        var open = new Stack<(int Prefix, List<byte> Content)>([(0, [])]);
        foreach (var word in hex.Replace("]", " ]", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] == '[')
            {
                open.Push((word[1] - '0', []));
            }
            else if (word == "]")
            {
                var (prefix, content) = open.Pop();
                for (var shift = 8 * (prefix - 1); shift >= 0; shift -= 8) open.Peek().Content.Add((byte)(content.Count >> shift));
                open.Peek().Content.AddRange(content);
            }
            else
            {
                var (one, count) = word.Split('*') is [var repeated, var times] ? (repeated, int.Parse(times)) : (word, 1);
                for (var i = 0; i < count; i++) open.Peek().Content.AddRange(Convert.FromHexString(one));
            }
        }

        return [.. open.Single().Content];
    }

    /// <summary>What may be absent is shown where it is zero or false too.</summary>
    private static string Optional(object? value) => value switch { null => "", false => "no", true => "yes", _ => value.ToString()! };

    private static string Value(object? value) => value switch
    {
        null or false or (byte)0 or (ushort)0 or 0 or 0u or WireFault { IsFault: false } => "",
        string text => text,
        ReadOnlyMemory<byte> bytes => Hex(bytes.Span),
        true => "yes",
        Certificate certificate => Hex(certificate.Der.Span),
        OcspResponse response => response.Fault.IsFault ? "broken" : response.Status.ToString(),
        Extension extension => $"{extension.Type.Name}({Text(extension)})",
        HandshakeMessage message => $"({Text(message)})",
        OcspSingleResponse single => $"({Text(single)})",
        NameConstraints constraints => $"({Text(constraints)})",
        CertificateEntry entry => $"{Hex(entry.Certificate.Der.Span)}{Value(entry.Extensions)}",
        KeyShareEntry share => $"{share.Group}:{Hex(share.KeyExchange.Span)}",
        PskIdentity identity => $"{Hex(identity.Identity.Span)}:{identity.ObfuscatedTicketAge}",
        IEnumerable items => items.Cast<object>().Select(Item).ToList() is { Count: > 0 } texts ? $"[{string.Join(", ", texts)}]" : "",
        _ => value.ToString()!,
    };

    private static string Item(object item) => item is byte or string ? item.ToString()! : Value(item);

    private static string Hex(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 3 && !bytes.ContainsAnyExcept(bytes[0]) ? $"{bytes[0]:x2}*{bytes.Length}" : Convert.ToHexStringLower(bytes);
}
