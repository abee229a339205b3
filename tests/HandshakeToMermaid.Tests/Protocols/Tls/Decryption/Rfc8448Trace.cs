using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>One of the traces of RFC 8448: its records as they were on the wire, and its values by name.</summary>
internal sealed class Rfc8448Trace
{
    private readonly Dictionary<string, byte[]> values = [];

    private Rfc8448Trace(string name)
    {
        var path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Decryption", "Rfc8448", name + ".txt");
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split(" = ");
            values[parts[0]] = Convert.FromHexString(parts[1]);
        }

        Follow();
    }

    public static string[] Names { get; } = ["Simple1Rtt", "Resumed0Rtt", "HelloRetryRequest", "ClientAuthentication", "CompatibilityMode"];

    public static CipherParameters Suite { get; } = CipherParameters.Of(new CipherSuite(0x1301))!;

    public TranscriptHash Transcript { get; } = new(1 << 20);

    public Secret? ClientEarly { get; private set; }

    public Secret ClientHandshake { get; private set; } = null!;

    public Secret ServerHandshake { get; private set; } = null!;

    public Secret ClientTraffic { get; private set; } = null!;

    public Secret ServerTraffic { get; private set; } = null!;

    public Secret Resumption { get; private set; } = null!;

    public byte[] ServerFlight { get; private set; } = [];

    public byte[] ClientFlight { get; private set; } = [];

    /// <summary>Transcript length before a message of a flight, by side and handshake type.</summary>
    public Dictionary<(Side, byte), int> Before { get; } = [];

    /// <summary>The handshake messages of the flights, by side and handshake type.</summary>
    public Dictionary<(Side, byte), byte[]> Messages { get; } = [];

    public byte[] this[string name] => values[name];

    public bool Has(string name) => values.ContainsKey(name);

    public static Rfc8448Trace Load(string name) => new(name);

    public ReadOnlySpan<byte> Fragment(string name) => values[name].AsSpan(5);

    /// <summary>Opens a record under a secret at a number; throws where it does not open.</summary>
    public byte[] Open(string name, Secret secret, int number = 0, byte expectedType = 22)
    {
        using var opener = Tls13RecordProtection.Create(Suite, TrafficKeys.Of(Suite.Hash, Suite.KeyLength, secret))!;
        Assert.True(opener.TryOpen((ulong)number, 23, 0x0303, Fragment(name), out var type, out var content, out var fault), $"{name}: {fault}");
        Assert.Equal(expectedType, type);
        return content.ToArray();
    }

    private void Follow()
    {
        var hash = Suite.Hash;
        var empty = SHA256.HashData([]);
        var zeros = new byte[32];
        var psk = Has("psk") ? values["psk"] : zeros;
        var early = new Secret(HKDF.Extract(hash, psk, zeros));
        if (Has("client_hello_1"))
        {
            Transcript.Append(Fragment("client_hello_1"));
            Transcript.ReplaceByMessageHash(hash);
            Transcript.Append(Fragment("hello_retry_request"));
        }

        Transcript.Append(Fragment("client_hello"));
        if (Has("psk")) ClientEarly = HkdfLabel.DeriveSecret(hash, early.Span, "c e traffic"u8, Transcript.Hash(hash));
        Transcript.Append(Fragment("server_hello"));

        var salt = HkdfLabel.DeriveSecret(hash, early.Span, "derived"u8, empty);
        var handshake = HKDF.Extract(hash, values["shared_secret"], salt.Span.ToArray());
        ClientHandshake = HkdfLabel.DeriveSecret(hash, handshake, "c hs traffic"u8, Transcript.Hash(hash));
        ServerHandshake = HkdfLabel.DeriveSecret(hash, handshake, "s hs traffic"u8, Transcript.Hash(hash));

        ServerFlight = Open("server_flight", ServerHandshake);
        Add(Side.Server, ServerFlight);

        var master = HKDF.Extract(hash, zeros, HkdfLabel.DeriveSecret(hash, handshake, "derived"u8, empty).Span.ToArray());
        ClientTraffic = HkdfLabel.DeriveSecret(hash, master, "c ap traffic"u8, Transcript.Hash(hash));
        ServerTraffic = HkdfLabel.DeriveSecret(hash, master, "s ap traffic"u8, Transcript.Hash(hash));

        if (Has("client_end_of_early_data")) Add(Side.Client, Open("client_end_of_early_data", ClientEarly!, 1));
        ClientFlight = Open("client_flight", ClientHandshake);
        Add(Side.Client, ClientFlight);
        Resumption = HkdfLabel.DeriveSecret(hash, master, "res master"u8, Transcript.Hash(hash));
    }

    private void Add(Side side, ReadOnlySpan<byte> flight)
    {
        while (flight.Length > 0)
        {
            var length = 4 + ((flight[1] << 16) | (flight[2] << 8) | flight[3]);
            Before[(side, flight[0])] = Transcript.Length;
            Messages[(side, flight[0])] = flight[..length].ToArray();
            Transcript.Append(flight[..length]);
            flight = flight[length..];
        }
    }
}
