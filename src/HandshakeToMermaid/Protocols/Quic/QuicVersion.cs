// RFC 9001 section 5.2 and RFC 9369 section 3.3.1 (salts), 5.8 and 3.3.3 (Retry); drafts as the implementations of their time had them.
using System.Globalization;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>A version of QUIC, by its number in long headers: it decides how packets are numbered, named and protected.</summary>
/// <param name="Code">The number.</param>
internal readonly record struct QuicVersion(uint Code)
{
    /// <summary>The number of a Version Negotiation packet, which is no version.</summary>
    public bool IsNegotiation => Code == 0;

    /// <summary>True if its Initial packets can be decrypted.</summary>
    public bool IsKnown => !Salt.IsEmpty;

    /// <summary>"QUIC v1", "QUIC draft-29".</summary>
    public string Name => Code switch
    {
        1 => "QUIC v1",
        Version2 => "QUIC v2",
        Version2Draft => "QUIC v2 draft",
        _ when IsDraft => string.Create(CultureInfo.InvariantCulture, $"QUIC draft-{Code & 0xFF}"),
        _ when (Code & 0x0F0F0F0F) == 0x0A0A0A0A => "QUIC reserved version",
        _ => string.Create(CultureInfo.InvariantCulture, $"QUIC version 0x{Code:x8}"),
    };

    /// <summary>What Initial secrets are extracted with; empty for a version that is not known.</summary>
    internal ReadOnlySpan<byte> Salt => Code switch
    {
        1 => Version1Salt,
        Version2 => Version2Salt,
        Version2Draft => Version2DraftSalt,
        _ when !IsDraft => default,
        _ => (Code & 0xFF) switch { >= 23 and <= 28 => Draft23Salt, >= 29 and <= 32 => Draft29Salt, 33 or 34 => Version1Salt, _ => default },
    };

    internal ReadOnlySpan<byte> KeyLabel => IsVersion2 ? "quicv2 key"u8 : "quic key"u8;

    internal ReadOnlySpan<byte> IvLabel => IsVersion2 ? "quicv2 iv"u8 : "quic iv"u8;

    internal ReadOnlySpan<byte> MaskLabel => IsVersion2 ? "quicv2 hp"u8 : "quic hp"u8;

    internal ReadOnlySpan<byte> UpdateLabel => IsVersion2 ? "quicv2 ku"u8 : "quic ku"u8;

    /// <summary>The key and nonce of a Retry's tag; empty where they are not known.</summary>
    internal ReadOnlySpan<byte> RetryKey => Code switch { 1 => Version1RetryKey, Version2 => Version2RetryKey, Version2Draft => Version2DraftRetryKey, _ => default };

    internal ReadOnlySpan<byte> RetryNonce => Code switch { 1 => Version1RetryNonce, Version2 => Version2RetryNonce, Version2Draft => Version2DraftRetryNonce, _ => default };

    /// <summary>The meaning of a long header's type bits: version 2 has turned them (RFC 9369 section 3.2).</summary>
    internal QuicPacketType TypeOf(int bits) => (QuicPacketType)(IsVersion2 ? (bits + 3) % 4 : bits);

    private bool IsDraft => Code >> 8 == 0xFF0000;

    private bool IsVersion2 => Code is Version2 or Version2Draft;

    private const uint Version2 = 0x6B3343CF;

    // draft-ietf-quic-v2-01 to -04, which ngtcp2 and others spoke before the RFC.
    private const uint Version2Draft = 0x709A50C4;

    private static ReadOnlySpan<byte> Version1Salt => [0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A];

    private static ReadOnlySpan<byte> Version2Salt => [0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9, 0xBD, 0x2E, 0xD9];

    private static ReadOnlySpan<byte> Version2DraftSalt => [0xA7, 0x07, 0xC2, 0x03, 0xA5, 0x9B, 0x47, 0x18, 0x4A, 0x1D, 0x62, 0xCA, 0x57, 0x04, 0x06, 0xEA, 0x7A, 0xE3, 0xE5, 0xD3];

    private static ReadOnlySpan<byte> Draft29Salt => [0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99];

    private static ReadOnlySpan<byte> Draft23Salt => [0xC3, 0xEE, 0xF7, 0x12, 0xC7, 0x2E, 0xBB, 0x5A, 0x11, 0xA7, 0xD2, 0x43, 0x2B, 0xB4, 0x63, 0x65, 0xBE, 0xF9, 0xF5, 0x02];

    private static ReadOnlySpan<byte> Version1RetryKey => [0xBE, 0x0C, 0x69, 0x0B, 0x9F, 0x66, 0x57, 0x5A, 0x1D, 0x76, 0x6B, 0x54, 0xE3, 0x68, 0xC8, 0x4E];

    private static ReadOnlySpan<byte> Version1RetryNonce => [0x46, 0x15, 0x99, 0xD3, 0x5D, 0x63, 0x2B, 0xF2, 0x23, 0x98, 0x25, 0xBB];

    private static ReadOnlySpan<byte> Version2RetryKey => [0x8F, 0xB4, 0xB0, 0x1B, 0x56, 0xAC, 0x48, 0xE2, 0x60, 0xFB, 0xCB, 0xCE, 0xAD, 0x7C, 0xCC, 0x92];

    private static ReadOnlySpan<byte> Version2RetryNonce => [0xD8, 0x69, 0x69, 0xBC, 0x2D, 0x7C, 0x6D, 0x99, 0x90, 0xEF, 0xB0, 0x4A];

    private static ReadOnlySpan<byte> Version2DraftRetryKey => [0xBA, 0x85, 0x8D, 0xC7, 0xB4, 0x3D, 0xE5, 0xDB, 0xF8, 0x76, 0x17, 0xFF, 0x4A, 0xB2, 0x53, 0xDB];

    private static ReadOnlySpan<byte> Version2DraftRetryNonce => [0x14, 0x1B, 0x99, 0xC2, 0x39, 0xB0, 0x3E, 0x78, 0x5D, 0x6A, 0x2E, 0x9F];
}
