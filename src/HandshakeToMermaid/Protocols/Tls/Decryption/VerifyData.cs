using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>What a Finished must hold: RFC 8446 section 4.4.4, RFC 5246 section 7.4.9, RFC 6101 section 5.6.9.</summary>
internal static class VerifyData
{
    /// <summary>TLS 1.3: HMAC(finished_key, Transcript-Hash). A PSK binder is made the same way from its binder_key.</summary>
    public static byte[] Tls13(HashAlgorithmName hash, Secret baseKey, ReadOnlySpan<byte> transcriptHash, ReadOnlySpan<byte> prefix = default) =>
        CryptographicOperations.HmacData(hash, HkdfLabel.FinishedKey(hash, baseKey, prefix).Span, transcriptHash);

    /// <summary>TLS 1.2 and below: twelve bytes; SSL 3.0: 36.</summary>
    /// <param name="version">The negotiated version.</param>
    /// <param name="hash">The suite's hash, used by TLS 1.2 alone.</param>
    /// <param name="master">The master secret.</param>
    /// <param name="sender">Whose Finished it is.</param>
    /// <param name="messages">All handshake messages before it.</param>
    public static byte[] Tls12(ushort version, HashAlgorithmName hash, Secret master, Side sender, ReadOnlySpan<byte> messages)
    {
        var era = ProtocolEras.Of(version);
        if (era == ProtocolEra.Ssl3) return Ssl3(master, sender == Side.Client ? "CLNT"u8 : "SRVR"u8, messages);

        var digest = era == ProtocolEra.Tls12 ? CryptographicOperations.HashData(hash, messages) : Md5Sha1(messages);
        var data = new byte[12];
        Prf.Expand(version, hash, master.Span, sender == Side.Client ? "client finished"u8 : "server finished"u8, digest, data);
        return data;
    }

    /// <summary>MD5 and SHA-1, one after the other: what TLS 1.0 and 1.1 sign and finish with.</summary>
    public static byte[] Md5Sha1(ReadOnlySpan<byte> content)
    {
        var digest = new byte[36];
        CryptographicOperations.HashData(HashAlgorithmName.MD5, content, digest);
        CryptographicOperations.HashData(HashAlgorithmName.SHA1, content, digest.AsSpan(16));
        return digest;
    }

    /// <summary>SSL 3.0's two hashes over messages, sender and master secret; a CertificateVerify names no sender.</summary>
    public static byte[] Ssl3(Secret master, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> messages)
    {
        var digest = new byte[36];
        Ssl3Hash(HashAlgorithmName.MD5, 48, master, sender, messages, digest.AsSpan(0, 16));
        Ssl3Hash(HashAlgorithmName.SHA1, 40, master, sender, messages, digest.AsSpan(16, 20));
        return digest;
    }

    // hash(master_secret + pad_2 + hash(handshake_messages + sender + master_secret + pad_1))
    private static void Ssl3Hash(HashAlgorithmName name, int padLength, Secret master, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> messages, Span<byte> output)
    {
        using var hash = IncrementalHash.CreateHash(name);
        Span<byte> pad = stackalloc byte[padLength];
        pad.Fill(0x36);
        hash.AppendData(messages);
        hash.AppendData(sender);
        hash.AppendData(master.Span);
        hash.AppendData(pad);
        hash.GetHashAndReset(output);
        pad.Fill(0x5C);
        hash.AppendData(master.Span);
        hash.AppendData(pad);
        hash.AppendData(output);
        hash.GetHashAndReset(output);
    }
}
