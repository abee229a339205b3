using System.Diagnostics.CodeAnalysis;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>
/// One <see cref="Certificate"/> per distinct DER: a capture shows the same few chains over and over. When it is full it
/// starts anew, so a capture with ever new certificates costs their reading and no more. For one thread.
/// </summary>
internal sealed class CertificateCache
{
    private readonly Dictionary<byte[], Certificate> known;
    private readonly Dictionary<byte[], Certificate>.AlternateLookup<ReadOnlySpan<byte>> bySpan;
    private readonly int capacity;
    private readonly long capacityBytes;
    private long bytes;

    /// <summary>Creates a cache limited to a number of certificates and to their total size in bytes.</summary>
    public CertificateCache(int capacity = 4096, long capacityBytes = 16 * 1024 * 1024)
    {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
        known = new Dictionary<byte[], Certificate>(ByContent.Instance);
        bySpan = known.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The number of cached certificates.</summary>
    public int Count => known.Count;

    /// <summary>The certificate of these bytes, which are copied where they are new.</summary>
    public Certificate Read(ReadOnlySpan<byte> der)
    {
        if (bySpan.TryGetValue(der, out var certificate)) return certificate;
        if (known.Count >= capacity || bytes + der.Length > capacityBytes)
        {
            known.Clear();
            bytes = 0;
        }

        var own = der.ToArray();
        certificate = Certificate.Read(own);
        if (capacity <= 0 || own.Length > capacityBytes) return certificate;
        known.Add(own, certificate);
        bytes += own.Length;
        return certificate;
    }

    private sealed class ByContent : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly ByContent Instance = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
