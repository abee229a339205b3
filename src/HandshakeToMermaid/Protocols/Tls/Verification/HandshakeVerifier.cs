using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// The checked signatures, Finished messages and OCSP responses of a connection. Checked lazily: a signature
/// costs as much as reading a thousand packets.
/// </summary>
internal sealed class HandshakeVerifier
{
    private readonly IReadOnlyList<ITranscriptMessage> messages;
    private readonly SecretStore secrets;
    private readonly bool isIncomplete;
    private readonly bool verifiesHandshakes;
    private IReadOnlyList<(ITranscriptMessage Message, VerificationItem Proof)>? results;

    /// <summary>Prepares the checks.</summary>
    /// <param name="messages">All handshake messages, in the order of the wire.</param>
    /// <param name="secrets">The secrets; without any, signatures of the clear part are checked all the same.</param>
    /// <param name="isIncomplete">True where messages may be missing: then a transcript that does not fit shows nothing.</param>
    /// <param name="verifiesHandshakes">False to leave the signatures of handshakes unchecked, and to say so.</param>
    public HandshakeVerifier(IReadOnlyList<ITranscriptMessage> messages, SecretStore secrets, bool isIncomplete, bool verifiesHandshakes = true)
    {
        this.messages = messages;
        this.secrets = secrets;
        this.isIncomplete = isIncomplete;
        this.verifiesHandshakes = verifiesHandshakes;
    }

    /// <summary>All results, in the order in which what they are about was sent.</summary>
    public IReadOnlyList<VerificationItem> All => [.. Results.Select(r => r.Proof)];

    /// <summary>The results about one message.</summary>
    public IEnumerable<VerificationItem> Of(ITranscriptMessage message) => Results.Where(r => ReferenceEquals(r.Message, message)).Select(r => r.Proof);

    private IReadOnlyList<(ITranscriptMessage Message, VerificationItem Proof)> Results => results ??= Check();

    private IReadOnlyList<(ITranscriptMessage Message, VerificationItem Proof)> Check()
    {
        if (messages.FirstOrDefault(m => m.Message is ServerHello { IsHelloRetryRequest: false }) is not { Message: ServerHello hello } answer) return [];
        var found = new TranscriptResults(answer.From.Opposite(), isIncomplete, verifiesHandshakes);
        // Drafts before 20 made their transcripts otherwise: what does not fit there shows nothing.
        if (hello.Version.Draft is > 0 and < 20) return [];
        if (hello.Version.IsTls13) new Tls13Transcript(messages, secrets, found, hello.Version.IsDtls).Check(hello);
        else new Tls12Transcript(messages, secrets, found).Check();
        return found.All;
    }
}
