using System.Diagnostics;

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
    private readonly Dictionary<(ClientRandom Random, SecretLabel Label, int Generation), Secret[]> secrets = [];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly HashSet<ClientRandom> sessions = [];

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
            lock (gate) return sessions.Count;
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
        var key = (random, label, generation);
        var added = new Secret(secret);
        lock (gate)
        {
            if (secrets.TryGetValue(key, out var known))
            {
                if (Array.IndexOf(known, added) >= 0) return true;
                if (known.Length >= CandidatesPerSecret) return false;
                secrets[key] = [.. known, added];
            }
            else
            {
                if (secrets.Count >= MaxSecrets) return false;
                secrets[key] = [added];
                sessions.Add(random);
            }

            Interlocked.Increment(ref version);
        }

        Grown?.Invoke(this, EventArgs.Empty);
        return true;
    }

    /// <summary>The secrets that a session may have used, the first given first; empty where there is none.</summary>
    public IReadOnlyList<Secret> Candidates(ReadOnlySpan<byte> clientRandom, SecretLabel label, int generation = 0)
    {
        if (!ClientRandom.TryRead(clientRandom, out var random)) return [];
        lock (gate) return secrets.TryGetValue((random, label, generation), out var known) ? known : [];
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
        lock (gate) return sessions.Contains(random);
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

    // A day's key log of a busy proxy: five lines a session, 400,000 sessions.
    private const int MaxSecrets = 2_000_000;

    // A key log stitched together from two runs may name a session twice; more than a few is noise.
    private const int CandidatesPerSecret = 4;

    private const int MaxEchConfig = 4096;
}
