using System.Diagnostics;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Decrypts the protected records of one direction of TLS over TCP in sequence: counts them, and moves on to the
/// next keys on a KeyUpdate. A change of epoch (ChangeCipherSpec, handshake to application traffic) is a new instance.
/// A record that cannot be decrypted is not counted, so the caller may try it with other secrets.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class RecordDecryptor : IDisposable
{
    private readonly CipherParameters parameters;
    private RecordProtection protection;
    private readonly int draft;
    private Secret? trafficSecret;

    private RecordDecryptor(CipherParameters parameters, RecordProtection protection, Secret? trafficSecret, int draft = 0)
    {
        this.draft = draft;
        this.parameters = parameters;
        this.protection = protection;
        this.trafficSecret = trafficSecret;
    }

    /// <summary>The number of the next record.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Key updates so far.</summary>
    public int Generation { get; private set; }

    /// <summary>TLS 1.3's current traffic secret, from which a Finished is checked; null below.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Secret? TrafficSecret => trafficSecret;

    /// <summary>Begins TLS 1.3 records under a traffic secret; null where that is impossible, and then <paramref name="why"/>.</summary>
    /// <param name="parameters">The suite.</param>
    /// <param name="trafficSecret">The secret.</param>
    /// <param name="why">Why it is impossible.</param>
    /// <param name="draft">The number of the draft, from 18 on; 0 for the RFC.</param>
    public static RecordDecryptor? ForTls13(CipherParameters parameters, Secret trafficSecret, out string? why, int draft = 0)
    {
        if (parameters.Type != CipherType.Aead)
        {
            why = NotOpened(parameters);
            return null;
        }

        if (trafficSecret.Length != Hashing.Length(parameters.Hash))
        {
            why = $"the secret has {trafficSecret.Length} bytes, the cipher suite's hash {Hashing.Length(parameters.Hash)}";
            return null;
        }

        var keys = TrafficKeys.Of(parameters.Hash, parameters.KeyLength, trafficSecret, HkdfLabel.PrefixOf(draft));
        var records = Tls13RecordProtection.Create(parameters, keys, draft);
        why = records is null ? NotOpened(parameters) : null;
        return records is null ? null : new RecordDecryptor(parameters, records, trafficSecret, draft);
    }

    /// <summary>Begins what a side of TLS 1.2 or below sends after its ChangeCipherSpec; null where that is impossible, and then <paramref name="why"/>.</summary>
    public static RecordDecryptor? ForTls12(CipherParameters parameters, ushort version, KeyBlock keys, Side side, bool encryptThenMac, out string? why, bool isCompressed = false)
    {
        var records = Protect(parameters, ProtocolEras.Of(version), keys, side, encryptThenMac);
        records?.IsCompressed = isCompressed;
        why = records is null ? NotOpened(parameters) : null;
        return records is null ? null : new RecordDecryptor(parameters, records, null);
    }

    /// <summary>The protection of what a side of TLS 1.2 or below (or DTLS) sends; null where this machine lacks the cipher.</summary>
    public static RecordProtection? Protect(CipherParameters parameters, ProtocolEra era, KeyBlock keys, Side side, bool encryptThenMac)
    {
        if (!parameters.IsOpened) return null;
        switch (parameters.Type)
        {
            case CipherType.Aead:
                return AeadRecordProtection.Create(parameters, keys.Key(side), keys.Iv(side));
            case CipherType.Block:
                var mac = new RecordMac(parameters, era, keys.MacKey(side));
                var block = BlockRecordProtection.Create(parameters, era, mac, keys.Key(side), keys.Iv(side), encryptThenMac);
                if (block is null) mac.Dispose();
                return block;
            default:
                return new StreamRecordProtection(new RecordMac(parameters, era, keys.MacKey(side)), keys.Key(side));
        }
    }

    /// <summary>Decrypts the next record; see <see cref="RecordProtection.TryOpen"/>.</summary>
    public bool TryOpen(byte contentType, ushort version, scoped ReadOnlySpan<byte> fragment, out byte innerType, out ReadOnlySpan<byte> content, out RecordFault fault)
    {
        if (!protection.TryOpen(Sequence, contentType, version, fragment, out innerType, out content, out fault)) return false;
        Sequence++;
        return true;
    }

    /// <summary>
    /// Decrypts a record before which an unknown number of others, up to <paramref name="most"/>, is missing; see
    /// <see cref="RecordProtection.TryOpen"/>.
    /// </summary>
    public bool TryOpenAhead(int most, byte contentType, ushort version, scoped ReadOnlySpan<byte> fragment, out byte innerType, out ReadOnlySpan<byte> content, out RecordFault fault)
    {
        for (ulong missing = 0; ; missing++)
        {
            if (protection.TryOpen(Sequence + missing, contentType, version, fragment, out innerType, out content, out fault))
            {
                Sequence += missing + 1;
                return true;
            }

            if (missing >= (ulong)most || fault != RecordFault.BadMac) return false;
        }
    }

    /// <summary>Passes over records that are not there.</summary>
    /// <param name="records">How many.</param>
    /// <param name="bytes">Their fragments together.</param>
    /// <param name="tail">The last bytes of the last one, as far as they are known.</param>
    public void Skip(long records, long bytes, ReadOnlySpan<byte> tail)
    {
        if (records <= 0) return;
        Sequence += (ulong)records;
        protection.Skip(bytes, tail);
    }

    /// <summary>Goes on to the next keys after a KeyUpdate of this direction; false below TLS 1.3.</summary>
    public bool UpdateKeys()
    {
        if (trafficSecret is null) return false;
        var next = HkdfLabel.NextTrafficSecret(parameters.Hash, trafficSecret, draft);
        if (Tls13RecordProtection.Create(parameters, TrafficKeys.Of(parameters.Hash, parameters.KeyLength, next, HkdfLabel.PrefixOf(draft)), draft) is not { } updated) return false;
        protection.Dispose();
        protection = updated;
        trafficSecret = next;
        Sequence = 0;
        Generation++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => protection.Dispose();

    /// <summary>Where it stands, never a key.</summary>
    public override string ToString() => $"{parameters.CipherName} at record {Sequence}";

    private static string NotOpened(CipherParameters parameters) => $"decryption with {parameters.CipherName} is not supported";
}
