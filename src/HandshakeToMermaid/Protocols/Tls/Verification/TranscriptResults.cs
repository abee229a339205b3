using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>The results of the checks of a connection, and the chains whose keys they are made with.</summary>
/// <param name="client">The direction in which the client sends.</param>
/// <param name="isIncomplete">True where messages may be missing: then a transcript that does not fit shows nothing.</param>
/// <param name="verifiesHandshakes">False to leave the signatures of handshakes unchecked.</param>
internal sealed class TranscriptResults(Direction client, bool isIncomplete, bool verifiesHandshakes)
{
    private readonly List<(ITranscriptMessage Message, VerificationItem Proof)> all = [];
    private readonly IReadOnlyList<CertificateEntry>[] chains = [[], []];

    /// <summary>The direction in which the client sends.</summary>
    public Direction Client => client;

    /// <summary>False where signatures of the handshake are to be reported as <see cref="LeftOut"/>.</summary>
    public bool VerifiesHandshakes => verifiesHandshakes;

    /// <summary>The results so far, each with the message that it is about.</summary>
    public IReadOnlyList<(ITranscriptMessage Message, VerificationItem Proof)> All => all;

    /// <summary>Takes a result.</summary>
    public void Add(ITranscriptMessage message, VerificationSubject what, VerificationResult check)
    {
        // A missing message and a changed one look the same to a transcript, but only the first is likely here.
        var coversTranscript = what is VerificationSubject.Finished or VerificationSubject.CertificateVerify;
        if (check.Verdict == VerificationVerdict.Invalid && isIncomplete && coversTranscript) check = MessagesMissing;
        all.Add((message, VerificationItem.Of(what, SideOf(message), check, message.Last.Frame)));
    }

    /// <summary>Takes the chain that a direction sent.</summary>
    public void NoteChain(Direction from, IReadOnlyList<CertificateEntry> chain) => chains[(int)from] = chain;

    /// <summary>The latest chain of a direction, leaf first; empty where none was seen.</summary>
    public IReadOnlyList<CertificateEntry> ChainOf(Direction from) => chains[(int)from];

    /// <summary>The leaf of a direction's chain; null where none was seen.</summary>
    public Certificate? LeafOf(Direction from) => chains[(int)from] is [var leaf, ..] ? leaf.Certificate : null;

    /// <summary>Who sent a message.</summary>
    public Side SideOf(ITranscriptMessage message) => message.From == client ? Side.Client : Side.Server;

    /// <summary>A raw public key (RFC 7250) stands where the certificate would: the whole of it is the key.</summary>
    public static ReadOnlySpan<byte> KeyOf(Certificate leaf) => leaf.SubjectPublicKeyInfo.IsEmpty ? leaf.Der.Span : leaf.SubjectPublicKeyInfo.Span;

    /// <summary>The transcript lacks messages.</summary>
    public static VerificationResult MessagesMissing => VerificationResult.NotChecked("handshake messages before it are missing");

    /// <summary>The chain of the signer is not known.</summary>
    public static VerificationResult NoCertificate => VerificationResult.NotChecked("the certificate with the key is not available");

    /// <summary>Nobody wanted to know.</summary>
    public static VerificationResult LeftOut => VerificationResult.NotChecked("left out by --no-verify");

    /// <summary>The secret of the Finished is not known.</summary>
    public static VerificationResult NoSecret => VerificationResult.NotChecked("no secret for this session is known");

    /// <summary>The Finished holds other bytes than expected.</summary>
    public static VerificationResult DoesNotFit => VerificationResult.Invalid("verify_data does not match the handshake messages");

    /// <summary>Maximum size of a transcript in bytes: chains with post-quantum keys stay far below.</summary>
    public const int TranscriptCap = 4 * 1024 * 1024;
}
