using System.Globalization;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Connection ids of QUIC and DTLS: the same id has the same one in its place everywhere, as long. Servers may write into theirs by which machine they
/// are reached. Those shorter than four bytes get one that is no other's.
/// </summary>
internal sealed class ConnectionIdPseudonyms(byte[] key)
{
    private readonly HashSet<string> known = [];
    private readonly HashSet<int> lengths = [];

    /// <summary>Replaces an id.</summary>
    public void Rewrite(Span<byte> id)
    {
        if (id.Length >= ShortestOfHash)
        {
            Noise.Hide(key, id);
            return;
        }

        Span<byte> other = new byte[id.Length];
        new Noise(key, string.Create(CultureInfo.InvariantCulture, $"connection ids of {id.Length}")).Fill(other, 0);
        for (var i = 0; i < id.Length; i++) id[i] ^= other[i];
    }

    /// <summary>Remembers an id that an endpoint gave out; packets with short headers do not say how long theirs is.</summary>
    public void Learn(ReadOnlySpan<byte> id)
    {
        if (id.Length < Distinctive || known.Count >= MaxKnown) return;
        known.Add(Convert.ToHexString(id));
        lengths.Add(id.Length);
    }

    /// <summary>How long the known id is that stands at the start of some bytes; 0 where none does that is too long to stand there by chance.</summary>
    public int LengthIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var length in lengths)
        {
            if (bytes.Length >= length && known.Contains(Convert.ToHexString(bytes[..length]))) return length;
        }

        return 0;
    }

    private const int ShortestOfHash = 4;
    private const int Distinctive = 6;

    /// <summary>More connections than anybody shares; those beyond it are rewritten by the lengths of their own ids.</summary>
    private const int MaxKnown = 262_144;
}
