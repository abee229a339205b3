using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>What is not encrypted: a Retry, the client's Initial with its token, a Version Negotiation (RFC 9000 sections 17.2.1 and 17.2.5).</summary>
internal static class UnprotectedPackets
{
    /// <summary>The client's Initial that answers a Retry.</summary>
    public const string TokenTitle = "Initial with token";

    /// <summary>The steps of all such packets.</summary>
    /// <param name="packets">All packets, in capture order.</param>
    /// <param name="destinations">The connection ids that the client chose for the server.</param>
    public static IEnumerable<QuicStep> Steps(List<RecordedPacket> packets, IReadOnlyList<byte[]> destinations)
    {
        byte[]? token = null;
        foreach (var packet in packets)
        {
            if (packet.Type == QuicPacketType.Retry)
            {
                if (!packet.IsCut && packet.Bytes.Length - packet.NumberOffset >= TagLength) token ??= packet.Bytes[packet.NumberOffset..^TagLength];
                yield return Retry(packet, destinations);
            }
            else if (packet.Type == QuicPacketType.VersionNegotiation)
            {
                yield return Negotiation(packet);
            }
            else if (packet.Type == QuicPacketType.Initial && packet.From == Direction.Forward && token is { Length: > 0 } && HasToken(packet, token))
            {
                token = null;
                yield return Step(packet, TokenTitle, "repeats its ClientHello with the token of the Retry", [new StepFact(Detail.Brief, "", "token as in the Retry")]);
            }
        }
    }

    private static bool HasToken(RecordedPacket packet, byte[] token)
    {
        var (offset, length) = packet.Token.GetOffsetAndLength(packet.Bytes.Length);
        return length > 0 && packet.Bytes.AsSpan(offset, length).SequenceEqual(token);
    }

    private static QuicStep Retry(RecordedPacket packet, IReadOnlyList<byte[]> destinations)
    {
        List<StepFact> facts = [new(Detail.Normal, "", "address validation")];
        if (HasFalseTag(packet, destinations)) facts.Add(new StepFact(Detail.Brief, "", "invalid integrity tag"));
        return Step(packet, "Retry", "checks the client's address first", facts);
    }

    private static QuicStep Negotiation(RecordedPacket packet)
    {
        var offered = new List<string>();
        for (var at = packet.NumberOffset; at + 4 <= packet.Bytes.Length; at += 4)
        {
            var one = new QuicVersion(BinaryPrimitives.ReadUInt32BigEndian(packet.Bytes.AsSpan(at)));
            if (one.Name != "QUIC reserved version") offered.Add(one.Name);
        }

        return Step(packet, "Version Negotiation", "names the versions that it supports", [new StepFact(Detail.Normal, "offers", string.Join(", ", offered.Take(MaxVersions)))]);
    }

    private static QuicStep Step(RecordedPacket packet, string title, string explanation, IReadOnlyList<StepFact> facts) =>
        new(title, explanation, facts) { From = packet.From, First = packet.Mark, Last = packet.Mark };

    /// <summary>True where a Retry's integrity tag (RFC 9001 section 5.8) fits none of the ids that the client used before it.</summary>
    private static bool HasFalseTag(RecordedPacket packet, IReadOnlyList<byte[]> destinations)
    {
        if (packet.IsCut || packet.Version.RetryKey.IsEmpty || packet.Bytes.Length < TagLength || destinations.Count == 0) return false;
        using var cipher = AeadCipher.Create(BulkCipher.Aes128Gcm, packet.Version.RetryKey);
        if (cipher is null) return false;
        foreach (var original in destinations)
        {
            byte[] covered = [(byte)original.Length, .. original, .. packet.Bytes[..^TagLength]];
            if (cipher.TryOpen(packet.Version.RetryNonce, covered, packet.Bytes.AsSpan(^TagLength..), [])) return false;
        }

        return true;
    }

    private const int TagLength = 16;
    private const int MaxVersions = 6;
}
