using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Tls.Extensions;
using HandshakeToMermaid.Protocols.Tls.Messages;
using HandshakeToMermaid.Protocols.Tls.Registries;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>The fingerprints of a client.</summary>
/// <param name="Ja3">See <see cref="Tls.Ja3"/>.</param>
/// <param name="Ja4">See <see cref="Tls.Ja4"/>.</param>
internal sealed record Fingerprints(string Ja3, string Ja4)
{
    /// <summary>
    /// The fingerprints of a ClientHello. They are made of what a client says every time, so they are worked out once for all hellos
    /// that agree in that.
    /// </summary>
    /// <param name="hello">The hello.</param>
    /// <param name="carrier">"tcp", "dtls" or "quic": JA4 begins with its first letter.</param>
    public static Fingerprints Of(ClientHello hello, string carrier)
    {
        var transport = carrier[0];
        Span<byte> room = stackalloc byte[Longest];
        var trait = TraitOf(hello, room);
        if (trait.IsEmpty) return Work(hello, transport);
        if (Known.TryFind(transport, trait, out var known, out _)) return known;
        var made = Work(hello, transport);
        Known.Remember(transport, trait.ToArray(), made);
        return made;
    }

    private static Fingerprints Work(ClientHello hello, char transport) => new(Tls.Ja3.Of(hello), Tls.Ja4.Of(hello, transport));

    /// <summary>All that the fingerprints depend on, each list behind its length; empty where there is no room for it.</summary>
    private static ReadOnlySpan<byte> TraitOf(ClientHello hello, Span<byte> room)
    {
        var formats = hello.Extensions.Find<EcPointFormatsExtension>()?.Formats ?? [];
        var versions = hello.Extensions.Find<SupportedVersionsExtension>()?.Versions;
        var alpn = (hello.Extensions.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation)?.First ?? default).Span;
        var codes = hello.CipherSuites.Count + hello.Extensions.Count + hello.SupportedGroups.Count + formats.Count + hello.SignatureSchemes.Count + (versions?.Count ?? 0) + 8;
        if ((codes * CodeLength) + alpn.Length > room.Length) return [];
        var length = 0;
        Put(room, ref length, hello.LegacyVersion.Code);
        Put(room, ref length, hello.CipherSuites.Count);
        foreach (var suite in hello.CipherSuites) Put(room, ref length, suite.Code);
        Put(room, ref length, hello.Extensions.Count);
        foreach (var extension in hello.Extensions) Put(room, ref length, extension.Type.Code);
        Put(room, ref length, hello.SupportedGroups.Count);
        foreach (var group in hello.SupportedGroups) Put(room, ref length, group.Code);
        Put(room, ref length, formats.Count);
        foreach (var format in formats) Put(room, ref length, format);
        Put(room, ref length, hello.SignatureSchemes.Count);
        foreach (var scheme in hello.SignatureSchemes) Put(room, ref length, scheme.Code);
        Put(room, ref length, versions?.Count ?? -1);
        foreach (var version in versions ?? []) Put(room, ref length, version.Code);
        alpn.CopyTo(room[length..]);
        return room[..(length + alpn.Length)];
    }

    private static void Put(Span<byte> room, ref int length, int code)
    {
        BinaryPrimitives.WriteInt32LittleEndian(room[length..], code);
        length += CodeLength;
    }

    private const int CodeLength = sizeof(int);
    private const int Longest = 2048;

    private static readonly RepeatedBytes<Fingerprints> Known = new(256, Longest);
}
