using System.Buffers.Binary;
using System.Security.Cryptography;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Redaction;

/// <summary>
/// Addresses in place of others. IPv4: the three ranges for documentation (RFC 5737) and, when they are full, that for benchmarks (RFC 2544); an
/// original of the documentation ranges is replaced from the benchmark range at once, so that no pseudonym is another one's original. IPv6:
/// 2001:db8::/32 (RFC 3849). Loopback, unspecified and broadcast addresses identify nobody and stay.
/// </summary>
internal sealed class AddressPseudonyms : IDisposable
{
    private readonly PseudonymSource source;
    private readonly CryptoPan? prefixes;
    private readonly Dictionary<IpAddress, IpAddress> known = [];
    private readonly HashSet<IpAddress> taken = [];

    /// <summary>Addresses of the benchmark range among the taken ones.</summary>
    private uint takenForBenchmarks;

    /// <summary>Prepares an empty book.</summary>
    /// <param name="source">Where pseudonyms come from.</param>
    /// <param name="options">How addresses are replaced.</param>
    public AddressPseudonyms(PseudonymSource source, RedactionOptions options)
    {
        this.source = source;
        if (options.Addresses == AddressScheme.Prefix) prefixes = new CryptoPan(HMACSHA256.HashData(options.Key ?? RandomNumberGenerator.GetBytes(32), "h2m Crypto-PAn 1"u8));
    }

    /// <summary>True for addresses that every host has.</summary>
    public static bool Stays(IpAddress address) => address.IsIpv4
        ? (byte)(address.Low >> 24) == 127 || (uint)address.Low is 0 or uint.MaxValue
        : address.High == 0 && address.Low <= 1;

    /// <summary>What is known to be an original is no pseudonym from now on.</summary>
    public void Note(IpAddress original) => Take(original);

    /// <summary>The address in place of an original.</summary>
    /// <exception cref="PseudonymsExhaustedException">All IPv4 addresses that may stand for others do.</exception>
    public IpAddress Of(IpAddress original)
    {
        if (Stays(original)) return original;
        if (known.TryGetValue(original, out var made)) return made;
        if (prefixes is not null) return known[original] = prefixes.Map(original);
        Take(original);
        for (var attempt = 0; ; attempt++)
        {
            if (original.IsIpv4 && takenForBenchmarks == BenchmarkHosts) throw PseudonymsExhaustedException.OfAddresses();
            var candidate = original.IsIpv4 ? Ipv4(original, attempt) : Ipv6(original, attempt);
            if (Take(candidate)) return known[original] = candidate;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => prefixes?.Dispose();

    private bool Take(IpAddress address)
    {
        if (!taken.Add(address)) return false;
        if (address.IsIpv4 && (uint)address.Low - Benchmark - 1 < BenchmarkHosts) takenForBenchmarks++;
        return true;
    }

    private IpAddress Ipv4(IpAddress original, int attempt)
    {
        var drawn = source.Draw("ipv4", original.ToString(), attempt);
        var number = PseudonymSource.NumberIn(drawn);
        if (!source.IsKeyed) number--;
        var isDocumentation = Array.Exists(Documentation, range => ((uint)original.Low & ~0xFFu) == range);
        var isFull = source.IsKeyed ? attempt >= MaxAttempts : number >= (ulong)(Documentation.Length * Hosts);
        if (isDocumentation || isFull) return IpAddress.FromIpv4(Benchmark + 1 + (uint)(number % BenchmarkHosts));
        var host = (uint)(number % (ulong)(Documentation.Length * Hosts));
        return IpAddress.FromIpv4(Documentation[host / Hosts] + 1 + (host % Hosts));
    }

    private IpAddress Ipv6(IpAddress original, int attempt)
    {
        var drawn = source.Draw("ipv6", original.ToString(), attempt);
        Span<byte> bytes = stackalloc byte[16];
        drawn.AsSpan(16).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0x2001_0db8);
        return IpAddress.FromBytes(bytes);
    }

    /// <summary>TEST-NET-1, 2 and 3: 192.0.2.0, 198.51.100.0, 203.0.113.0.</summary>
    private static readonly uint[] Documentation = [0xC000_0200, 0xC633_6400, 0xCB00_7100];

    /// <summary>198.18.0.0/15.</summary>
    private const uint Benchmark = 0xC612_0000;
    private const uint BenchmarkHosts = (1u << 17) - 2;
    private const int Hosts = 254;

    /// <summary>Keyed: so often another place is looked for among the 762, then among the 131,070.</summary>
    private const int MaxAttempts = 3;
}
