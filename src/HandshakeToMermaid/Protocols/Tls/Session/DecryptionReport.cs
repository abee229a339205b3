using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>Reports why records could not be decrypted although secrets are known.</summary>
/// <param name="closed">The session as read without keys.</param>
/// <param name="opened">The session with decrypted messages; it receives the notes.</param>
/// <param name="secrets">The known secrets.</param>
internal sealed class DecryptionReport(TlsSession closed, TlsSession opened, SecretStore secrets)
{
    private readonly ReadOnlyMemory<byte> random = closed.ClientHello!.SessionRandom;

    /// <summary>The note for a session without secrets in any key log, and without a private key that gives them.</summary>
    public static string NoSecret(TlsSession session, SecretStore secrets) => secrets.IsEmpty && session.KeyExchange is { } exchange
        ? exchange.Why ?? "encrypted, and the hello messages that its keys depend on are missing"
        : session.ClientHello is { EncryptedClientHello: not null }
        ? "encrypted, and the key log has no secret for this session (with ECH it is listed under the inner ClientHello's random)"
        : "encrypted, and the key log has no secret for this session";

    /// <summary>Notes why a direction stayed encrypted, or a part of it.</summary>
    /// <param name="half">The direction.</param>
    /// <param name="isOtherClosed">True where records of the forward direction stayed encrypted.</param>
    public void Explain(DecryptionHalf half, bool isOtherClosed)
    {
        if (half.Closed == 0) return;
        if (!secrets.Knows(random.Span))
        {
            // Once for both directions.
            if (half.From == Direction.Reverse && isOtherClosed) return;
            opened.Note(UnparsedReason.NoKeys, NoSecret(closed, secrets), half.FirstClosed);
            return;
        }

        var who = half.Side == Side.Client ? "client" : "server";
        opened.Note(UnparsedReason.NoKeys, $"data from the {who} was not {(half.Opened > 0 ? "fully " : "")}decrypted: {Reason(half)}", half.FirstClosed);
    }

    private string Reason(DecryptionHalf half)
    {
        if (half.Why is { } why && half.Opened == 0) return why;
        if (half.Inflater?.Why is { } compression) return compression;
        if (closed.Version is { IsTls13: true } version && version.Code != ProtocolVersion.Tls13.Code && version.Draft < FirstDraft && half.Opened == 0) return $"{version.Name} does not protect its records as RFC 8446 does";
        if (MissingLabel(half) is { } label)
        {
            var held = Array.FindAll(Labels, l => secrets.Candidates(random.Span, l).Count > 0);
            var isOfAnotherVersion = held.Length > 0 && Array.TrueForAll(held, l => (l == SecretLabel.MasterSecret) == closed.IsTls13);
            return isOfAnotherVersion
                ? $"for this session the key log has {NameOf(held[0])}, which {closed.Version} does not use, but no {NameOf(label)}"
                : $"the key log has no {NameOf(label)} for this session";
        }

        if (half.Opened > 0) return "records could not be decrypted, and bytes before them may be missing";
        return half.WasTried ? "the secret in the key log does not match" : "a hello or a ChangeCipherSpec that its keys depend on is missing";
    }

    /// <summary>The secret that a record needed and the key log lacks; null where it has all.</summary>
    private SecretLabel? MissingLabel(DecryptionHalf half)
    {
        if (!closed.IsTls13) return IsMissing(SecretLabel.MasterSecret) ? SecretLabel.MasterSecret : null;
        // A client without decrypted records may have begun with early data: its handshake secret is the missing one.
        if (half is { HasFinished: false } && DecryptionKeys.LabelOf(half.Side, TlsEpoch.Handshake) is { } first && IsMissing(first)) return first;
        return half.Epoch == TlsEpoch.Application && DecryptionKeys.LabelOf(half.Side, TlsEpoch.Application) is { } second && IsMissing(second) ? second : null;

        bool IsMissing(SecretLabel label) => secrets.Candidates(random.Span, label).Count == 0;
    }

    private static string NameOf(SecretLabel label) => label switch
    {
        SecretLabel.ClientEarlyTraffic => "CLIENT_EARLY_TRAFFIC_SECRET",
        SecretLabel.ClientHandshakeTraffic => "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ServerHandshakeTraffic => "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        SecretLabel.ClientTraffic => "CLIENT_TRAFFIC_SECRET_0",
        SecretLabel.ServerTraffic => "SERVER_TRAFFIC_SECRET_0",
        _ => "CLIENT_RANDOM",
    };

    private static readonly SecretLabel[] Labels =
    [
        SecretLabel.MasterSecret, SecretLabel.ClientEarlyTraffic, SecretLabel.ClientHandshakeTraffic, SecretLabel.ServerHandshakeTraffic,
        SecretLabel.ClientTraffic, SecretLabel.ServerTraffic,
    ];

    /// <summary>The first draft of TLS 1.3 that is decrypted: those before derived keys in other ways.</summary>
    private const int FirstDraft = 18;
}
