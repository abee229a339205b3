using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One conversation of QUIC. Initial packets are opened, their handshake messages rewritten with equal lengths, and sealed again under keys from the new
/// connection id, with the same numbers. Packets whose keys are not known become noise behind headers that stay, but for connection ids and tokens.
/// </summary>
internal sealed class QuicRewriter(HandshakeRewriter handshake, ConnectionIdPseudonyms ids, byte[] key) : IDatagramRewriter
{
    private readonly List<(long Frame, bool IsForward, byte[] Bytes, int WireLength)> stored = [];
    private readonly Dictionary<long, byte[]> rewritten = [];
    private readonly List<byte[]> destinations = [];
    private readonly Dictionary<QuicInitialKeyName, QuicKeys?> keys = [];
    private readonly Dictionary<QuicInitialKeyName, CollectedStream> streams = [];
    private readonly Noise noise = new(key, "quic");

    /// <summary>Bytes of the ids that either side gave out, for short headers.</summary>
    private readonly int[] idLengths = new int[2];

    /// <inheritdoc/>
    public int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength)
    {
        if (payload.IsEmpty || (payload[0] & LongHeader) == 0 || storedBytes > MaxStored) return 0;
        stored.Add((frame, isForward, payload.ToArray(), wireLength));
        storedBytes += payload.Length;
        return 2 * payload.Length;
    }

    /// <inheritdoc/>
    public void Rewrite()
    {
        foreach (var (_, isForward, bytes, wireLength) in stored) Learn(isForward, bytes, wireLength);
        var opened = new List<QuicInitial>();
        for (var i = 0; i < stored.Count; i++) Open(i, opened);
        foreach (var stream in streams.Values) stream.Rewrite(Messages, noise);
        foreach (var group in opened.ToLookup(p => p.Datagram))
        {
            var (frame, isForward, bytes, wireLength) = stored[group.Key];
            var datagram = bytes.ToArray();
            Closed(isForward, datagram, wireLength, [.. group.Select(p => p.Offset)]);
            foreach (var packet in group) Seal(packet, datagram.AsSpan(packet.Offset, packet.Length));
            rewritten[frame] = datagram;
        }

        stored.Clear();
        foreach (var one in keys.Values) one?.Dispose();
        keys.Clear();
    }

    /// <inheritdoc/>
    public void Apply(long frame, bool isForward, Span<byte> payload, int wireLength)
    {
        if (rewritten.TryGetValue(frame, out var datagram) && datagram.Length == payload.Length) datagram.CopyTo(payload);
        else Closed(isForward, payload, wireLength, []);
    }

    private void Learn(bool isForward, ReadOnlySpan<byte> datagram, int wireLength)
    {
        while (QuicPacket.TryRead(ref datagram, ref wireLength, out var packet))
        {
            if (packet.Type is QuicPacketType.OneRtt or QuicPacketType.VersionNegotiation) continue;
            ids.Learn(packet.Source);
            idLengths[isForward ? 0 : 1] = packet.Source.Length;
            if (packet.Type != QuicPacketType.Initial || destinations.Count >= MaxDestinations) continue;
            ids.Learn(packet.Destination);
            var destination = packet.Destination.ToArray();
            if (!destinations.Exists(d => d.AsSpan().SequenceEqual(destination))) destinations.Add(destination);
        }
    }

    private void Open(int index, List<QuicInitial> opened)
    {
        var (frame, isForward, bytes, wireLength) = stored[index];
        ReadOnlySpan<byte> rest = bytes;
        var at = 0;
        while (QuicPacket.TryRead(ref rest, ref wireLength, out var packet))
        {
            if (packet.Type == QuicPacketType.Initial && !packet.IsCut && TryOpen(index, at, isForward, in packet) is { } initial)
            {
                opened.Add(initial);
                Collect(frame, initial);
            }

            at = bytes.Length - rest.Length;
        }
    }

    private QuicInitial? TryOpen(int index, int at, bool isForward, in QuicPacket packet)
    {
        if (!packet.Version.IsKnown) return null;
        foreach (var destination in destinations)
        {
            foreach (var isClient in (ReadOnlySpan<bool>)[isForward, !isForward])
            {
                var name = new QuicInitialKeyName(packet.Version, Convert.ToHexString(destination), isClient);
                if (KeysOf(name)?.TryOpen(packet.Bytes, packet.NumberOffset, out var header, out var number) is not { } payload) continue;
                return new QuicInitial(index, at, packet.Bytes.Length, header, number, payload, name);
            }
        }

        return null;
    }

    private void Collect(long frame, QuicInitial initial)
    {
        if (!streams.TryGetValue(initial.Keys, out var stream)) streams[initial.Keys] = stream = new CollectedStream(0, frame);
        var at = 0;
        while (QuicInitialFrames.TryNext(initial.Payload, ref at, out var isCrypto, out var offset, out var data))
        {
            if (isCrypto && offset < int.MaxValue) stream.Add((uint)offset, initial.Payload.AsSpan(data));
        }
    }

    /// <summary>Of a message whose end is missing nothing stays but its header.</summary>
    private void Messages(Span<byte> bytes)
    {
        while (bytes.Length >= 4)
        {
            var length = (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
            if (bytes.Length < 4 + length) break;
            handshake.Rewrite(bytes[0], bytes.Slice(4, length));
            bytes = bytes[(4 + length)..];
        }

        Noise.Hide(key, bytes[Math.Min(4, bytes.Length)..]);
    }

    /// <summary>Writes an opened packet with its new bytes over the old one.</summary>
    private void Seal(QuicInitial initial, Span<byte> packet)
    {
        var payload = initial.Payload;
        var at = 0;
        while (QuicInitialFrames.TryNext(payload, ref at, out var isCrypto, out var offset, out var data))
        {
            if (!isCrypto) TextMask.Fill(payload.AsSpan(data));
            else if (offset < int.MaxValue) streams[initial.Keys].CopyTo((uint)offset, payload.AsSpan(data), noise);
            else Noise.Hide(key, payload.AsSpan(data));
        }

        // No frame that may stand here is left: padding.
        payload.AsSpan(at).Clear();
        Ids(initial.Header);
        ReadOnlySpan<byte> rest = packet;
        var length = packet.Length;
        if (QuicPacket.TryRead(ref rest, ref length, out var read)) Noise.Hide(key, initial.Header.AsSpan(read.TokenOffset, read.TokenLength));
        var destination = Convert.FromHexString(initial.Keys.Destination);
        ids.Rewrite(destination);
        KeysOf(initial.Keys with { Destination = Convert.ToHexString(destination) })?.Seal(initial.Header, initial.Number, payload, packet);
    }

    /// <summary>What can be rewritten without keys, and nothing else of such packets.</summary>
    private void Closed(bool isForward, Span<byte> datagram, int wireLength, List<int> opened)
    {
        ReadOnlySpan<byte> rest = datagram;
        var at = 0;
        while (QuicPacket.TryRead(ref rest, ref wireLength, out var packet))
        {
            if (!opened.Contains(at)) Closed(isForward, in packet, datagram.Slice(at, packet.Bytes.Length));
            at = datagram.Length - rest.Length;
        }

        datagram[at..].Clear();
    }

    private void Closed(bool isForward, in QuicPacket packet, Span<byte> bytes)
    {
        var content = bytes[packet.NumberOffset..];
        switch (packet.Type)
        {
            case QuicPacketType.OneRtt:
                var known = ids.LengthIn(content);
                var length = Math.Min(known > 0 ? known : idLengths[isForward ? 1 : 0], content.Length);
                if (length > 0) ids.Rewrite(content[..length]);
                Noise.Hide(key, content[length..]);
                return;
            case QuicPacketType.VersionNegotiation:
                break;
            case QuicPacketType.Retry:
                Retry(in packet, bytes);
                return;
            default:
                Noise.Hide(key, bytes.Slice(packet.TokenOffset, packet.TokenLength));
                Noise.Hide(key, content);
                break;
        }

        Ids(bytes);
    }

    /// <summary>A Retry whose integrity tag was right gets one that is right again (RFC 9001 section 5.8).</summary>
    private void Retry(in QuicPacket packet, Span<byte> bytes)
    {
        using var cipher = packet.IsCut || packet.Version.RetryKey.IsEmpty ? null : AeadCipher.Create(BulkCipher.Aes128Gcm, packet.Version.RetryKey);
        var end = Math.Max(packet.NumberOffset, bytes.Length - TagLength);
        var nonce = packet.Version.RetryNonce;
        byte[]? original = null;
        foreach (var destination in cipher is null || bytes.Length - packet.NumberOffset < TagLength ? [] : destinations)
        {
            if (cipher!.TryOpen(nonce, [(byte)destination.Length, .. destination, .. bytes[..end]], bytes[end..], [])) original = destination.ToArray();
        }

        Ids(bytes);
        Noise.Hide(key, bytes[packet.NumberOffset..end]);
        Noise.Hide(key, bytes[end..]);
        if (original is null) return;
        ids.Rewrite(original);
        cipher!.Seal(nonce, [(byte)original.Length, .. original, .. bytes[..end]], [], bytes[end..]);
    }

    /// <summary>Both connection ids of a long header.</summary>
    private void Ids(Span<byte> packet)
    {
        int destination = packet[5];
        ids.Rewrite(packet.Slice(6, destination));
        ids.Rewrite(packet.Slice(7 + destination, packet[6 + destination]));
    }

    private QuicKeys? KeysOf(in QuicInitialKeyName name)
    {
        if (!keys.TryGetValue(name, out var found)) keys[name] = found = QuicKeys.Initial(name.Version, Convert.FromHexString(name.Destination), name.IsClient);
        return found;
    }

    private long storedBytes;
    private const byte LongHeader = 0x80;
    private const int TagLength = 16;
    private const int MaxDestinations = 8;

    /// <summary>Of one conversation; a handshake takes some ten thousand bytes.</summary>
    private const long MaxStored = 4 * 1024 * 1024;
}
