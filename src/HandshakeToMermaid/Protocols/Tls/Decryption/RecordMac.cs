using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The MAC of a record in TLS 1.2 and below: HMAC over number, type, version, length and content (RFC 5246 section
/// 6.2.3.1), or SSL 3.0's hash(key + pad_2 + hash(key + pad_1 + number + type + length + content)) (RFC 6101 section 5.2.3.1).
/// </summary>
internal sealed class RecordMac : IDisposable
{
    private readonly IncrementalHash? hash;
    private readonly Secret key;
    private readonly bool isSsl3;

    /// <summary>Prepares a key; a length of 0 stands for no MAC at all.</summary>
    public RecordMac(CipherParameters parameters, ProtocolEra era, ReadOnlySpan<byte> key)
    {
        Length = parameters.MacLength;
        this.key = new Secret(key);
        isSsl3 = era == ProtocolEra.Ssl3;
        if (Length == 0) return;
        hash = isSsl3 ? IncrementalHash.CreateHash(parameters.MacHash) : IncrementalHash.CreateHMAC(parameters.MacHash, key);
    }

    /// <summary>Bytes of the MAC.</summary>
    public int Length { get; }

    /// <summary>True where <paramref name="mac"/> is the MAC of the content.</summary>
    public bool Fits(ulong sequence, byte contentType, ushort version, ReadOnlySpan<byte> content, ReadOnlySpan<byte> mac)
    {
        if (hash is null) return mac.IsEmpty;
        Span<byte> header = stackalloc byte[AdditionalData.Tls12Length];
        Span<byte> computed = stackalloc byte[Hashing.MaxLength];
        AdditionalData.WriteTls12(sequence, contentType, version, content.Length, header);
        if (!isSsl3)
        {
            hash.AppendData(header);
            hash.AppendData(content);
            hash.GetHashAndReset(computed);
            return computed[..Length].SequenceEqual(mac);
        }

        // The pads fill a block of 64 bytes after the key: 48 bytes for MD5, 40 for SHA-1.
        Span<byte> pad = stackalloc byte[Length == 16 ? 48 : 40];
        pad.Fill(0x36);
        hash.AppendData(key.Span);
        hash.AppendData(pad);
        hash.AppendData(header[..9]);
        hash.AppendData(header[11..]);
        hash.AppendData(content);
        hash.GetHashAndReset(computed);
        pad.Fill(0x5C);
        hash.AppendData(key.Span);
        hash.AppendData(pad);
        hash.AppendData(computed[..Length]);
        hash.GetHashAndReset(computed);
        return computed[..Length].SequenceEqual(mac);
    }

    /// <inheritdoc/>
    public void Dispose() => hash?.Dispose();
}
