using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The secrets of all sessions, by client random. It can grow while a capture is read (a block of secrets may come after
/// the packets that need it, a key log may still be written), from any thread; to wait for secrets, compare
/// <see cref="Version"/> or subscribe to <see cref="Grown"/>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class SecretStore
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ByteChunks records = new();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private uint[] sessionBuckets = new uint[LeastBuckets];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private uint[] secretBuckets = new uint[LeastBuckets];

    private int sessions;
    private int secrets;
    private readonly Lock gate = new();
    private int version;

    /// <summary>Is called after secrets were added, on the thread that added them.</summary>
    public event EventHandler? Grown;

    /// <summary>Rises with every secret that is new.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>How many sessions have a secret.</summary>
    public int Sessions
    {
        get
        {
            lock (gate) return sessions;
        }
    }

    /// <summary>True while nothing was added.</summary>
    public bool IsEmpty => Version == 0;

    /// <summary>
    /// Adds a secret. False where its length fits no secret of its kind, or where the store is full. The same secret
    /// twice is one; a different one for the same session is stored as well, up to four: the right one is found when a
    /// record is decrypted.
    /// </summary>
    /// <param name="random">The ClientHello's random.</param>
    /// <param name="label">What it is.</param>
    /// <param name="secret">Its value.</param>
    /// <param name="generation">For traffic secrets: how many key updates came before.</param>
    public bool TryAdd(ClientRandom random, SecretLabel label, ReadOnlySpan<byte> secret, int generation = 0)
    {
        if (!IsLength(label, secret.Length)) return false;
        lock (gate)
        {
            var session = FindSession(random);
            if (session != 0)
            {
                var known = SecretsOf(session, label, generation);
                foreach (var place in known)
                {
                    if (CryptographicOperations.FixedTimeEquals(ValueAt(place), secret)) return true;
                }

                if (known.Count >= CandidatesPerSecret) return false;
            }

            if (secrets >= MaxSecrets || records.Length >= MaxBytes) return false;
            if (session == 0) session = AddSession(random);
            AddSecret(session, label, generation, secret);
            Interlocked.Increment(ref version);
        }

        Grown?.Invoke(this, EventArgs.Empty);
        return true;
    }

    /// <summary>The secrets that a session may have used, the first given first; empty where there is none.</summary>
    public IReadOnlyList<Secret> Candidates(ReadOnlySpan<byte> clientRandom, SecretLabel label, int generation = 0)
    {
        if (!ClientRandom.TryRead(clientRandom, out var random)) return [];
        lock (gate)
        {
            var session = FindSession(random);
            return session == 0 ? [] : SecretsOf(session, label, generation).ConvertAll(place => new Secret(ValueAt(place)));
        }
    }

    /// <summary>The first secret given for a session; null where there is none.</summary>
    public Secret? Find(ReadOnlySpan<byte> clientRandom, SecretLabel label, int generation = 0)
    {
        var candidates = Candidates(clientRandom, label, generation);
        return candidates.Count > 0 ? candidates[0] : null;
    }

    /// <summary>True where any secret of a session is known, which distinguishes "no keys at all" from "the wrong ones".</summary>
    public bool Knows(ReadOnlySpan<byte> clientRandom)
    {
        if (!ClientRandom.TryRead(clientRandom, out var random)) return false;
        lock (gate) return FindSession(random) != 0;
    }

    /// <summary>How many sessions it knows, never what.</summary>
    public override string ToString() => $"secrets of {Sessions} sessions";

    /// <summary>True where a secret of this kind can have this length, in bytes.</summary>
    public static bool IsLength(SecretLabel label, int length) => label switch
    {
        SecretLabel.MasterSecret => length == 48,
        SecretLabel.EchConfig => length is > 0 and <= MaxEchConfig,
        SecretLabel.EchSecret => length is >= 16 and <= 66,
        // SHA-256, SHA-384 and, for suites still to come, SHA-512.
        _ => length is 32 or 48 or 64,
    };

    private uint FindSession(ClientRandom random)
    {
        var place = sessionBuckets[BucketOf(random, sessionBuckets)];
        while (place != 0 && RandomAt(place) != random) place = NextOf(place);
        return place;
    }

    /// <summary>The places of the candidates, the first given first.</summary>
    private List<uint> SecretsOf(uint session, SecretLabel label, int generation)
    {
        var found = new List<uint>();
        for (var place = secretBuckets[BucketOf(session, label, generation, secretBuckets)]; place != 0; place = NextOf(place))
        {
            var record = records.At(place);
            if (KeyAt(record) == (session, label, generation)) found.Add(place);
        }

        found.Reverse();
        return found;
    }

    private uint AddSession(ClientRandom random)
    {
        if (++sessions > sessionBuckets.Length) sessionBuckets = Spread(sessionBuckets, (place, larger) => BucketOf(RandomAt(place), larger));
        var added = records.Add(SessionLength, out var record);
        random.Write(record[NextLength..]);
        Link(added, record, ref sessionBuckets[BucketOf(random, sessionBuckets)]);
        return added;
    }

    private void AddSecret(uint session, SecretLabel label, int generation, ReadOnlySpan<byte> value)
    {
        if (++secrets > secretBuckets.Length)
        {
            secretBuckets = Spread(secretBuckets, (place, larger) =>
            {
                var key = KeyAt(records.At(place));
                return BucketOf(key.Session, key.Label, key.Generation, larger);
            });
        }

        var added = records.Add(SecretHead + value.Length, out var record);
        BinaryPrimitives.WriteUInt32LittleEndian(record[NextLength..], session);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], generation);
        BinaryPrimitives.WriteUInt16LittleEndian(record[12..], (ushort)value.Length);
        record[14] = (byte)label;
        value.CopyTo(record[SecretHead..]);
        Link(added, record, ref secretBuckets[BucketOf(session, label, generation, secretBuckets)]);
    }

    private static void Link(uint added, Span<byte> record, ref uint bucket)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(record, bucket);
        bucket = added;
    }

    /// <summary>The same records in twice as many buckets; the order of records in one stays, for candidates are told by it.</summary>
    private uint[] Spread(uint[] buckets, Func<uint, uint[], int> bucketOf)
    {
        var larger = new uint[2 * buckets.Length];
        var chain = new List<uint>();
        foreach (var first in buckets)
        {
            chain.Clear();
            for (var place = first; place != 0; place = NextOf(place)) chain.Add(place);
            for (var i = chain.Count - 1; i >= 0; i--) Link(chain[i], records.At(chain[i]), ref larger[bucketOf(chain[i], larger)]);
        }

        return larger;
    }

    private uint NextOf(uint place) => BinaryPrimitives.ReadUInt32LittleEndian(records.At(place));

    private ClientRandom RandomAt(uint place) => ClientRandom.Read(records.At(place)[NextLength..]);

    private ReadOnlySpan<byte> ValueAt(uint place)
    {
        var record = records.At(place);
        return record.Slice(SecretHead, BinaryPrimitives.ReadUInt16LittleEndian(record[12..]));
    }

    private static (uint Session, SecretLabel Label, int Generation) KeyAt(ReadOnlySpan<byte> record)
        => (BinaryPrimitives.ReadUInt32LittleEndian(record[NextLength..]), (SecretLabel)record[14], BinaryPrimitives.ReadInt32LittleEndian(record[8..]));

    // Strings are hashed with a secret of the process (Marvin): a capture may bring secrets, and may not choose where they collide.
    private static int BucketOf(ClientRandom random, uint[] buckets)
    {
        Span<byte> bytes = stackalloc byte[ClientRandom.Length];
        random.Write(bytes);
        return string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes), StringComparison.Ordinal) & (buckets.Length - 1);
    }

    private static int BucketOf(uint session, SecretLabel label, int generation, uint[] buckets)
    {
        Span<uint> key = [session, (uint)generation, (uint)label];
        return string.GetHashCode(MemoryMarshal.Cast<uint, char>(key), StringComparison.Ordinal) & (buckets.Length - 1);
    }

    /// <summary>A record begins with the place of the next one in its bucket; then comes a session's random.</summary>
    private const int NextLength = 4;

    private const int SessionLength = NextLength + ClientRandom.Length;

    /// <summary>The next one, the session, the generation, the length, the label; then comes the secret.</summary>
    private const int SecretHead = 15;

    private const int LeastBuckets = 16;

    /// <summary>With what finds them again still less than a key log of as many lines. Configurations of ECH are long and are counted by their length.</summary>
    private const long MaxBytes = 256 * 1024 * 1024;

    // A day's key log of a busy proxy: five lines a session, 400,000 sessions.
    private const int MaxSecrets = 2_000_000;

    // A key log stitched together from two runs may name a session twice; more than a few is noise.
    private const int CandidatesPerSecret = 4;

    private const int MaxEchConfig = 4096;
}
