using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>The fingerprints of a client.</summary>
/// <param name="Ja3">See <see cref="Facts.Ja3"/>.</param>
/// <param name="Ja4">See <see cref="Facts.Ja4"/>.</param>
internal sealed record Fingerprints(string Ja3, string Ja4)
{
    /// <summary>
    /// The fingerprints of a ClientHello. They depend only on what a client repeats every time, so they are computed once for all hellos
    /// that agree in that.
    /// </summary>
    /// <param name="hello">The hello.</param>
    /// <param name="carrier">"tcp", "dtls" or "quic": JA4 begins with its first letter; others carry a stream as TCP does.</param>
    public static Fingerprints Of(ClientHello hello, string carrier)
    {
        var transport = carrier is "dtls" or "quic" ? carrier[0] : 't';
        Span<byte> room = stackalloc byte[Longest];
        var trait = TraitOf(hello, room);
        if (trait.IsEmpty) return Work(hello, transport);
        if (Known.TryFind(transport, trait, out var known, out _)) return known;
        var made = Work(hello, transport);
        Known.Remember(transport, trait.ToArray(), made);
        return made;
    }

    private static Fingerprints Work(ClientHello hello, char transport) => new(Facts.Ja3.Of(hello), Facts.Ja4.Of(hello, transport));

    /// <summary>All that the fingerprints depend on; empty where there is no room for it.</summary>
    private static ReadOnlySpan<byte> TraitOf(ClientHello hello, Span<byte> room)
    {
        var formats = hello.Extensions.Find<EcPointFormatsExtension>()?.Formats ?? [];
        var versions = hello.Extensions.Find<SupportedVersionsExtension>()?.Versions;
        var alpn = hello.Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation)?.First ?? default;
        var trait = new KeyBytes(room);
        trait.Add(hello.LegacyVersion.Code);
        trait.Add(hello.CipherSuites.Count);
        foreach (var suite in hello.CipherSuites) trait.Add(suite.Code);
        trait.Add(hello.Extensions.Count);
        foreach (var extension in hello.Extensions) trait.Add(extension.Type.Code);
        trait.Add(hello.SupportedGroups.Count);
        foreach (var group in hello.SupportedGroups) trait.Add(group.Code);
        trait.Add(formats.Count);
        foreach (var format in formats) trait.Add(format);
        trait.Add(hello.SignatureSchemes.Count);
        foreach (var scheme in hello.SignatureSchemes) trait.Add(scheme.Code);
        trait.Add(versions?.Count ?? -1);
        foreach (var version in versions ?? []) trait.Add(version.Code);
        trait.Add(alpn.Span);
        return trait.Written;
    }

    private const int Longest = 2048;

    private static readonly RepeatedBytes<Fingerprints> Known = new(256, Longest);
}
