using System.Globalization;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A server that a proxy is asked to reach.</summary>
/// <param name="Host">Its name or address, IPv6 without brackets.</param>
/// <param name="Port">Its port.</param>
internal sealed record ProxyTarget(string Host, ushort Port)
{
    /// <summary>From "host:port" or "[address]:port"; null where it is neither.</summary>
    public static ProxyTarget? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
        var host = text[..colon].Trim('[', ']');
        return host.Length > 0 ? new ProxyTarget(host, port) : null;
    }

    /// <summary>As it is written in a request: "www.example.com:443", "[2001:db8::1]:443".</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
