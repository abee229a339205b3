using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>Distinguishes encrypted records from readable ones, by the messages before and by their first bytes.</summary>
/// <param name="session">The session as read without keys.</param>
internal readonly struct RecordEncryption(TlsSession session)
{
    /// <summary>True where a record's IV is the end of the record before it.</summary>
    public bool IsChained => session is { IsTls13: false, LatestCipherSuite.Mode: CipherMode.Cbc, Version.Code: < 0x0302 };

    /// <summary>True where a handshake record's bytes are encrypted.</summary>
    public bool IsEncryptedHandshake(TlsHalf half, ReadOnlySpan<byte> fragment)
    {
        if (!half.HasChangedCipher) return false;
        if (session.Version is { } version) return !version.IsTls13;

        // Without the ServerHello only the bytes distinguish a second ClientHello of TLS 1.3 from an encrypted Finished.
        return !(fragment is [1 or 2, 0, _, _, 3, 3, ..] && ((fragment[2] << 8) | fragment[3]) == fragment.Length - 4);
    }

    /// <summary>
    /// True for an alert or heartbeat that cannot be read. Behind a gap the ChangeCipherSpec may be missing; a readable one begins with 1 or 2,
    /// whether that is a level or a kind (RFC 8446 section 6, RFC 6520 section 4).
    /// </summary>
    public bool IsEncryptedAlert(TlsHalf half, ReadOnlySpan<byte> fragment) =>
        session.IsTls13 || !half.HasChangedCipher
            ? fragment.Length > 2 && (fragment.Length % 2 != 0 || half.HasGap || fragment[0] is not (1 or 2))
            : fragment.Length != 2 || session.Version is not null;

    /// <summary>True where the cipher suite encrypts nothing, and nothing is compressed.</summary>
    public bool IsNull => session.LatestCipherSuite is { Mode: CipherMode.Null } && session.LatestServerHello is null or { CompressionMethod: 0 };

    /// <summary>The content of a record of such a suite.</summary>
    public ReadOnlySpan<byte> WithoutMac(ReadOnlySpan<byte> fragment) =>
        fragment[..Math.Max(0, fragment.Length - (session.LatestCipherSuite?.MacBytes ?? 0))];
}
