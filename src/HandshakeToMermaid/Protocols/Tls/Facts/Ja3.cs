// JA3 and JA3S as their authors publish them: decimal numbers of the hello joined by "-", fields joined by ",", GREASE left out, MD5.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>The fingerprints JA3 (of a client) and JA3S (of a server). MD5 serves here as a name, not as protection.</summary>
internal static class Ja3
{
    /// <summary>The JA3 of a ClientHello: 32 hex digits.</summary>
    public static string Of(ClientHello hello) => Hash(TextOf(hello));

    /// <summary>The JA3S of a ServerHello: 32 hex digits.</summary>
    public static string Of(ServerHello hello) => Hash(TextOf(hello));

    /// <summary>What the JA3 is the hash of: version, cipher suites, extensions, groups, point formats.</summary>
    public static string TextOf(ClientHello hello)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion.Code},");
        Join(text, hello.CipherSuites, static c => c.Code, static c => c.IsGrease).Append(',');
        Join(text, hello.Extensions, static e => e.Type.Code, static e => e.Type.IsGrease).Append(',');
        Join(text, hello.SupportedGroups, static g => g.Code, static g => g.IsGrease).Append(',');
        Join(text, hello.Extensions.Find<EcPointFormatsExtension>()?.Formats ?? [], static f => f, static _ => false);
        return text.ToString();
    }

    /// <summary>What the JA3S is the hash of: version, cipher suite, extensions.</summary>
    public static string TextOf(ServerHello hello)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion.Code},{hello.CipherSuite?.Code},");
        return Join(text, hello.Extensions, static e => e.Type.Code, static e => e.Type.IsGrease).ToString();
    }

    private static StringBuilder Join<T>(StringBuilder text, IReadOnlyList<T> items, Func<T, int> code, Func<T, bool> isGrease)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (isGrease(item)) continue;
            if (!isFirst) text.Append('-');
            text.Append(code(item));
            isFirst = false;
        }

        return text;
    }

#pragma warning disable CA5351 // the fingerprint is defined with MD5
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}
