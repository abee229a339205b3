using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The private keys of servers, and the master secrets of the sessions that they opened, by session id and by ticket: a client that resumes
/// (RFC 5246 section 7.3, RFC 5077) sends nothing that a private key decrypts. May be used from several threads.
/// </summary>
/// <param name="keys">The keys.</param>
internal sealed class PrivateKeys(IReadOnlyList<PrivateKey> keys)
{
    private readonly Dictionary<(ulong, ulong), Secret> resumable = [];
    private readonly Dictionary<(ulong, ulong), Secret> premasters = [];
    private readonly Lock gate = new();

    /// <summary>The keys, in the order in which they were given.</summary>
    public IReadOnlyList<PrivateKey> All => keys;

    /// <summary>Notes that a certificate with this RSAPublicKey was seen; true where one of the keys is its private half.</summary>
    public bool Match(ReadOnlySpan<byte> publicKey)
    {
        foreach (var key in keys)
        {
            if (!publicKey.SequenceEqual(key.PublicKey)) continue;
            key.HasMatched = true;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Decrypts a premaster secret of TLS (RFC 5246 section 7.4.7.1): 48 bytes, the first two the version that the client offered. Without
    /// a certificate in the capture all keys of the right length are tried.
    /// </summary>
    /// <param name="encrypted">The EncryptedPreMasterSecret.</param>
    /// <param name="offered">client_version of the ClientHello.</param>
    /// <param name="agreed">The version agreed on: some clients send that one.</param>
    /// <returns>The premaster secret; null where no key fits.</returns>
    public Secret? Decrypt(ReadOnlySpan<byte> encrypted, ushort offered, ushort agreed)
    {
        // A connection is read more than once, and each of these operations costs about a millisecond.
        var place = KeyOf(encrypted);
        lock (gate)
        {
            if (premasters.TryGetValue(place, out var known)) return known;
        }

        foreach (var key in keys)
        {
            if (key.Decrypt(encrypted) is not { } premaster) continue;
            var version = premaster.Length == PremasterLength ? (premaster[0] << 8) | premaster[1] : -1;
            var secret = version == offered || version == agreed ? new Secret(premaster) : null;
            CryptographicOperations.ZeroMemory(premaster);
            if (secret is null) continue;
            lock (gate)
            {
                if (premasters.Count < MaxRemembered) premasters[place] = secret;
            }

            return secret;
        }

        return null;
    }

    /// <summary>Remembers a session that can be resumed; false where nothing names it or too many are remembered.</summary>
    /// <param name="name">Its session id or ticket.</param>
    /// <param name="master">Its master secret.</param>
    public bool Remember(ReadOnlySpan<byte> name, Secret master)
    {
        if (name.IsEmpty) return false;
        lock (gate)
        {
            if (resumable.Count >= MaxRemembered) return false;
            resumable[KeyOf(name)] = master;
            return true;
        }
    }

    /// <summary>The master secret of a session by its session id or ticket; null where it is not known.</summary>
    public Secret? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return null;
        lock (gate) return resumable.GetValueOrDefault(KeyOf(name));
    }

    /// <summary>How many keys, never what they are.</summary>
    public override string ToString() => $"{keys.Count} private keys";

    // Tickets are long, and chosen by a peer: of both kinds of names the first half of a hash is kept.
    private static (ulong High, ulong Low) KeyOf(ReadOnlySpan<byte> name)
    {
        var hash = SHA256.HashData(name);
        return (BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, 8));
    }

    private const int PremasterLength = 48;

    /// <summary>Sessions remembered: a few hundred bytes each.</summary>
    private const int MaxRemembered = 200_000;
}
