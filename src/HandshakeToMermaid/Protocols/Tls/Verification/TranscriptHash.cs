using System.Buffers.Binary;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// The handshake messages of a connection as signatures and Finished messages cover them (RFC 8446 section 4.4.1, RFC 5246
/// section 7.4.9). The bytes are stored, not a running hash: a client's CertificateVerify in TLS 1.2 covers the messages
/// themselves, SSL 3.0 hashes them with the secret, and a secret that arrives late needs the hash at an earlier point.
/// </summary>
internal sealed class TranscriptHash
{
    private readonly int cap;
    private byte[] messages = [];

    /// <summary>Begins an empty transcript.</summary>
    /// <param name="cap">Size in bytes above which nothing more is stored and <see cref="IsWhole"/> turns false.</param>
    public TranscriptHash(int cap) => this.cap = cap;

    /// <summary>Bytes so far: a point that <see cref="Upto"/> can come back to.</summary>
    public int Length { get; private set; }

    /// <summary>False once a message is missing; nothing can be proved from then on.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The messages so far.</summary>
    public ReadOnlySpan<byte> Messages => messages.AsSpan(0, Length);

    /// <summary>Adds a handshake message with its header of four bytes.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        if (!IsWhole) return;
        if (message.Length > cap - Length)
        {
            IsWhole = false;
            return;
        }

        if (messages.Length < Length + message.Length) Array.Resize(ref messages, Math.Min(cap, Math.Max(2048, 2 * (Length + message.Length))));
        message.CopyTo(messages.AsSpan(Length));
        Length += message.Length;
    }

    /// <summary>
    /// Puts message_hash in the place of the first ClientHello. To be called when a HelloRetryRequest has come, which names
    /// the hash, before it is added itself (RFC 8446 section 4.4.1).
    /// </summary>
    public void ReplaceByMessageHash(HashAlgorithmName hash)
    {
        Span<byte> replaced = stackalloc byte[4 + Hashing.MaxLength];
        var length = Hashing.Length(hash);
        BinaryPrimitives.WriteInt32BigEndian(replaced, (MessageHash << 24) | length);
        CryptographicOperations.HashData(hash, Messages, replaced[4..]);
        Length = 0;
        Append(replaced[..(4 + length)]);
    }

    /// <summary>Says that a message could not be read.</summary>
    public void Lose() => IsWhole = false;

    /// <summary>Begins anew, as a renegotiation does.</summary>
    public void Reset()
    {
        Length = 0;
        IsWhole = true;
    }

    /// <summary>The messages up to an earlier <see cref="Length"/>.</summary>
    public ReadOnlySpan<byte> Upto(int length) => messages.AsSpan(0, Math.Clamp(length, 0, Length));

    /// <summary>The hash of all messages so far.</summary>
    public byte[] Hash(HashAlgorithmName hash) => CryptographicOperations.HashData(hash, Messages);

    /// <summary>The hash of the messages up to an earlier <see cref="Length"/>.</summary>
    public byte[] Hash(HashAlgorithmName hash, int length) => CryptographicOperations.HashData(hash, Upto(length));

    private const int MessageHash = 254;
}
