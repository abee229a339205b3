// JA4 (the TLS client fingerprint, which FoxIO publishes under the BSD licence; the other fingerprints of that family have
// another licence and are not here): transport, version, SNI or not, counts, ALPN _ sorted cipher suites _ sorted extensions
// and signature algorithms; GREASE left out; the lists hashed with SHA-256 and cut to 12 hex digits.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>The fingerprint JA4 of a client.</summary>
internal static class Ja4
{
    /// <summary>The JA4 of a ClientHello.</summary>
    /// <param name="hello">The hello.</param>
    /// <param name="transport">'t' for TCP, 'q' for QUIC, 'd' for DTLS.</param>
    public static string Of(ClientHello hello, char transport)
    {
        var suites = hello.CipherSuites.Where(c => !c.IsGrease).Select(c => c.Code).ToList();
        var extensions = hello.Extensions.Where(e => !e.Type.IsGrease).Select(e => (int)e.Type.Code).ToList();
        var sni = hello.Extensions.Has(ExtensionType.ServerName) ? 'd' : 'i';
        var head = $"{transport}{VersionOf(hello)}{sni}{Math.Min(suites.Count, 99):00}{Math.Min(extensions.Count, 99):00}{AlpnOf(hello)}";
        suites.Sort();
        extensions.RemoveAll(static e => e is 0 or 16);
        extensions.Sort();
        var tail = Hex(extensions);
        var schemes = hello.SignatureSchemes.Where(s => !s.IsGrease).Select(s => (int)s.Code).ToList();
        if (schemes.Count > 0) tail += "_" + Hex(schemes);
        return $"{head}_{Hash(Hex(suites))}_{(extensions.Count == 0 && schemes.Count == 0 ? Nothing : Hash(tail))}";
    }

    private static string VersionOf(ClientHello hello)
    {
        var best = hello.LegacyVersion;
        if (hello.Extensions.Find<SupportedVersionsExtension>() is { } offered)
        {
            var versions = offered.Versions.Where(v => !v.IsGrease).ToList();
            if (versions.Count > 0)
            {
                // DTLS counts its versions downwards.
                best = versions[0].Code >> 8 == 0xFE ? versions.MinBy(v => v.Code) : versions.MaxBy(v => v.Code);
            }
        }

        return best.Code switch
        {
            0x0304 => "13",
            0x0303 => "12",
            0x0302 => "11",
            0x0301 => "10",
            0x0300 => "s3",
            0x0002 => "s2",
            0xFEFF => "d1",
            0xFEFD => "d2",
            0xFEFC => "d3",
            _ => "00",
        };
    }

    private static string AlpnOf(ClientHello hello)
    {
        var first = hello.Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation)?.First ?? default;
        if (first.IsEmpty) return "00";
        byte start = first.Span[0], end = first.Span[^1];
        if (char.IsAsciiLetterOrDigit((char)start) && char.IsAsciiLetterOrDigit((char)end)) return $"{(char)start}{(char)end}";
        return $"{start:x2}"[..1] + $"{end:x2}"[1..];
    }

    private static string Hex(List<int> codes) => string.Join(',', codes.Select(c => c.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Hash(string text) => text.Length == 0 ? Nothing : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..12];

    private const string Nothing = "000000000000";
}
