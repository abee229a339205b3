using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>An assertion about what TLS agreed on.</summary>
internal abstract class TlsAssertion : Assertion
{
    /// <summary>True where a connection that carries another protocol than TLS fails it.</summary>
    protected virtual bool NeedsTls => true;

    /// <inheritdoc/>
    public sealed override AssertionResult Judge(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        if (connection.FactsOf<TlsFacts>() is { } facts && (facts.ServerHello is not null || facts.Session.Ssl2ServerHello is not null || facts.ClientHello is not null)) return Judge(connection, facts);
        if (NeedsTls && connection.Outcome.Class == OutcomeClass.NotTls) return AssertionResult.Failed("no TLS", connection.Outcome.Frame > 0 ? connection.Outcome.Frame : connection.First.Frame);
        return AssertionResult.Undecided("no TLS handshake was captured");
    }

    /// <summary>Decides for a connection of which a hello of TLS was captured.</summary>
    protected abstract AssertionResult Judge(Connection connection, TlsFacts facts);

    /// <summary>True where one of the globs matches.</summary>
    protected static bool Matches(IReadOnlyList<string> globs, string name) => globs.Any(g => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(g, name, ignoreCase: true));

    /// <summary>Values as a person names alternatives: "h2 or http/1.1".</summary>
    protected static string Either(IReadOnlyList<string> values) => string.Join(" or ", values);

    /// <summary>The frame of the first message of a type; null where none was read.</summary>
    protected static long? FrameOf<TMessage>(TlsFacts facts)
        where TMessage : HandshakeMessage
        => facts.Messages.FirstOrDefault(m => m.Message is TMessage)?.Last.Frame;

    /// <summary>The frame that settled version and suite.</summary>
    protected static long? FrameOfServerHello(TlsFacts facts) => facts.Messages.FirstOrDefault(m => ReferenceEquals(m.Message, facts.ServerHello))?.Last.Frame;
}
