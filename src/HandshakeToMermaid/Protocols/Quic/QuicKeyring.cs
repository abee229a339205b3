using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Opens the packets of a connection: Initials by the client's first connection ids, others by the key log, once the hellos were read.</summary>
/// <param name="known">The secrets of all sessions.</param>
/// <param name="session">What was read so far.</param>
internal sealed class QuicKeyring(SecretStore known, TlsSession session) : IDisposable
{
    private readonly Dictionary<(QuicVersion Version, string Destination, bool IsClient), QuicKeys?> initials = [];
    private readonly Dictionary<(QuicPacketType Level, Direction From, QuicVersion Version), List<QuicKeys>> secrets = [];
    private readonly List<byte[]> destinations = [];
    private readonly ConnectionIds[] ids = [new(), new()];

    /// <summary>The version that is spoken: that of the server's Initials, else of the client's.</summary>
    public QuicVersion Version { get; private set; }

    /// <summary>The version of the client's first Initial.</summary>
    public QuicVersion FirstVersion { get; private set; }

    /// <summary>Connection ids that the client chose for the server before it knew the server's own.</summary>
    public IReadOnlyList<byte[]> Destinations => destinations;

    /// <summary>The connection ids that one side gave out.</summary>
    public ConnectionIds IdsOf(Direction side) => ids[(int)side];

    /// <summary>Stores connection IDs: Initial keys derive from the client's first ones, and short headers do not carry the length of theirs (RFC 9000 section 17.3).</summary>
    public void Learn(RecordedPacket packet)
    {
        if (packet.Type == QuicPacketType.OneRtt) return;
        if (packet.Source.Length > 0 || packet.Type != QuicPacketType.VersionNegotiation) ids[(int)packet.From].Add(packet.Source);
        if (packet.Type != QuicPacketType.Initial) return;
        if (!Version.IsKnown || packet.From != Direction.Forward) Version = packet.Version;
        if (!FirstVersion.IsKnown && packet.From == Direction.Forward) FirstVersion = packet.Version;
        if (destinations.Count < MaxDestinations && !destinations.Exists(d => d.AsSpan().SequenceEqual(packet.Destination))) destinations.Add(packet.Destination);
    }

    /// <summary>The payload of a packet, and the key phase that it is of; null where it stays closed.</summary>
    public byte[]? Open(RecordedPacket packet, out int phase)
    {
        phase = 0;
        if (packet.Type == QuicPacketType.Initial) return OpenInitial(packet);
        var of = packet.Type == QuicPacketType.OneRtt ? Version : packet.Version;
        var keyring = KeysOf(packet.Type, packet.From, of);
        if (keyring.Count == 0) return null;
        if (packet.Type != QuicPacketType.OneRtt) return Open(keyring, packet.Bytes, packet.NumberOffset, out phase);
        foreach (var length in ids[1 - (int)packet.From].LengthsIn(packet.Bytes.AsSpan(packet.NumberOffset)))
        {
            if (Open(keyring, packet.Bytes, packet.NumberOffset + length, out phase) is { } payload) return payload;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var keys in initials.Values) keys?.Dispose();
        foreach (var keys in secrets.Values.SelectMany(k => k)) keys.Dispose();
    }

    private static byte[]? Open(List<QuicKeys> keyring, byte[] packet, int offset, out int phase)
    {
        phase = 0;
        foreach (var keys in keyring)
        {
            if (keys.TryOpen(packet, offset) is not { } payload) continue;
            phase = keys.Phase;
            return payload;
        }

        return null;
    }

    private byte[]? OpenInitial(RecordedPacket packet)
    {
        if (!packet.Version.IsKnown) return null;
        foreach (var destination in destinations)
        {
            foreach (var isClient in (ReadOnlySpan<bool>)[packet.From == Direction.Forward, packet.From != Direction.Forward])
            {
                var key = (packet.Version, Convert.ToHexString(destination), isClient);
                if (!initials.TryGetValue(key, out var keys)) initials[key] = keys = QuicKeys.Initial(packet.Version, destination, isClient);
                if (keys?.TryOpen(packet.Bytes, packet.NumberOffset) is { } payload) return payload;
            }
        }

        return null;
    }

    private List<QuicKeys> KeysOf(QuicPacketType level, Direction from, QuicVersion of)
    {
        if (secrets.TryGetValue((level, from, of), out var keys)) return keys;
        if (session.ClientHello is not { } hello || session.Client is not { } client) return [];
        var isClient = from == client;
        var label = level switch
        {
            QuicPacketType.ZeroRtt => SecretLabel.ClientEarlyTraffic,
            QuicPacketType.Handshake => isClient ? SecretLabel.ClientHandshakeTraffic : SecretLabel.ServerHandshakeTraffic,
            _ => isClient ? SecretLabel.ClientTraffic : SecretLabel.ServerTraffic,
        };

        // Early data is under the suite of the session before, most often the one that is agreed on again.
        if (session.ServerHello?.CipherSuite is not { } suite) return [];
        if (CipherParameters.Of(suite) is not { IsOpened: true } parameters) return [];
        keys = [];
        foreach (var secret in known.Candidates(hello.SessionRandom.Span, label))
        {
            if (QuicKeys.Of(of, parameters, secret) is { } one) keys.Add(one);
        }

        return secrets[(level, from, of)] = keys;
    }

    private const int MaxDestinations = 8;
}
