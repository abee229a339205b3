using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>A handshake message.</summary>
internal sealed class TlsMessageStep : Step, ITranscriptMessage
{
    /// <summary>The message.</summary>
    public required HandshakeMessage Message { get; init; }

    /// <summary>All its bytes, with type and length. Without its type for SSL 2.0.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>What the transcript hash covers; <see cref="Bytes"/>, but for DTLS up to 1.2.</summary>
    internal ReadOnlyMemory<byte> Hashed { get; init; }

    /// <inheritdoc/>
    ReadOnlyMemory<byte> ITranscriptMessage.Hashed => Hashed;

    /// <summary>Its index among all messages and encrypted records of the connection, in capture order.</summary>
    public required int Order { get; init; }

    /// <summary>What was checked of the handshake.</summary>
    internal HandshakeVerifier? Verifications { get; set; }

    /// <summary>True in a handshake that resumes an earlier session. Known once the whole session was read.</summary>
    internal bool IsResumed { get; set; }

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => Words.TitleOf(Message);

    /// <inheritdoc/>
    public override string? Explanation => Message.Fault.IsFault ? null : Words.ExplanationOf(Message, IsResumed);

    /// <summary>The value of <c>type</c> in JSON: <c>client_hello</c>.</summary>
    public string TypeName => Words.JsonNameOf(Message);

    /// <inheritdoc/>
    public override bool IsMinor => !Message.Fault.IsFault && (Words.IsMinor(Message) || (Provenance == Provenance.Decrypted && IsOneOfAFlight));

    /// <inheritdoc/>
    public override int Length => Math.Max(0, Bytes.Length - 4);

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields
    {
        get
        {
            if (Message is ServerHello { Version.IsTls13: false } && IsResumed) yield return new("session", "resumed") { Meaning = "the server did not know the session or the ticket any more: another server, or restarted" };
            foreach (var said in Words.FieldsOf(Message, Last.Time)) yield return said;
            var isInvalid = Verifications?.Of(this).Any(v => v.Verdict == VerificationVerdict.Invalid) == true;
            if (isInvalid) yield return new("verification", "invalid") { Meaning = "the message was altered on its way, or signed with another key" };
            if (Message.Fault.IsFault) yield return new("malformed", Message.Fault.ToString());
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail)
    {
        foreach (var fact in Words.FactsOf(Message, Last.Time, detail)) yield return fact;
        foreach (var fact in Verifications is null ? [] : VerificationWords.Of(Verifications.Of(this), Message)) yield return fact;
        if (Message.Fault.IsFault) yield return new(Detail.Normal, "malformed", Message.Fault.ToString());
    }

    private IMessageWords Words => MessageWordsCatalog.Of(Message);

    /// <summary>Opened messages that say little by themselves, and whose neighbours say what the flight is about.</summary>
    private bool IsOneOfAFlight => Message is CertificateVerify or NewSessionTicket or EncryptedExtensions { AlpnProtocol: null };
}
