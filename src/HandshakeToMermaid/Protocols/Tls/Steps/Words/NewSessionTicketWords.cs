using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a NewSessionTicket.</summary>
internal sealed class NewSessionTicketWords() : MessageWords<NewSessionTicket>("NewSessionTicket", "lets the client resume the session later")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(NewSessionTicket message, Timestamp seen, Detail detail)
    {
        if (message.LifetimeSeconds > 0) yield return new(Detail.Full, "lifetime", $"{message.LifetimeSeconds} s");
        yield return new(Detail.Full, "ticket", ByteCount.Text(message.Ordinal.Length));
        if (message.Extensions.Find<EarlyDataExtension>() is { MaxEarlyDataSize: > 0 } early) yield return new(Detail.Full, "early data", ByteCount.Text(early.MaxEarlyDataSize));
    }
}
